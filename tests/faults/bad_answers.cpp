// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-bad-answers: a great many answers that are not the portal's, judged by what the engine judges with,
// and now and then brought to a whole engine with a register on disk. See README.md.
#include "core/base/hash.h"
#include "sync/engine/judge.h"
#include "sync/engine/sync_engine.h"
#include "tests/faults/bad_answer.h"
#include "tests/support/scripted_portal.h"
#include "tests/support/small_counter.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>

namespace {

using namespace motcua;
using namespace motcua::faults;

struct Orders
{
    std::int64_t answers = 20'000;
    std::int64_t engine =
        -1; ///< of them through the whole engine; -1: each kind twice, and one in five hundred
    std::uint64_t seed = 1;
    Without without = Without::Nothing;
    bool understood = true;
};

struct Sums
{
    std::int64_t answers = 0;
    std::int64_t engine = 0;
    std::int64_t trueWords = 0; ///< words of the portal that stood unharmed in a bad answer
    std::int64_t wrong = 0;
    std::vector<std::int64_t> wrongByKind = std::vector<std::int64_t>(badKinds().size());

    void count(bool isTrue, std::size_t kind)
    {
        trueWords += isTrue ? 1 : 0;
        wrong += isTrue ? 0 : 1;
        wrongByKind[kind % badKinds().size()] += isTrue ? 0 : 1;
    }
};

Orders read(int count, char** texts)
{
    Orders orders;
    orders.understood = count % 2 == 1;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string name = texts[i];
        const std::string value = texts[i + 1];
        if (name == "--answers") {
            orders.answers = std::strtoll(value.c_str(), nullptr, 10);
        } else if (name == "--engine") {
            orders.engine = std::strtoll(value.c_str(), nullptr, 10);
        } else if (name == "--seed") {
            orders.seed = std::strtoull(value.c_str(), nullptr, 10);
        } else if (const auto without = parseWithout(value); name == "--without" && without) {
            orders.without = *without;
        } else {
            orders.understood = false;
        }
    }
    if (orders.engine < 0) {
        orders.engine = static_cast<std::int64_t>(2 * badKinds().size()) + orders.answers / 500;
    }
    return orders;
}

/// What is stored of an operation is exactly what the portal signed about it.
bool isTrue(const PortalWords& words, const std::string& op, const VerifiedReceipt& stored)
{
    const auto& truth = words.truth(op);
    if (!truth) {
        return false;
    }
    const auto problem =
        truth->problem ? std::optional(std::string(problemName(*truth->problem))) : std::nullopt;
    const auto rev = truth->rev ? std::optional(truth->rev->text()) : std::nullopt;
    return stored.result == outcomeName(truth->result) && stored.problem == problem && stored.rev == rev &&
           stored.seq == truth->seq && stored.epoch == truth->epoch && stored.at == truth->at;
}

/// Judges answers to batches of one to three out of sixty-four operations.
class Bench
{
public:
    Bench(PortalWords& words, const Orders& orders) : m_words(words), m_orders(orders), m_random(orders.seed)
    {
        for (int i = 1; i <= static_cast<int>(kOps); ++i) {
            Outgoing op;
            op.position.value = i;
            op.op = std::string(32, 'a') + "-1-" + std::to_string(i);
            op.digest = sha256("line " + std::to_string(i));
            m_words.know({op.op, toHex(op.digest)});
            m_ops.push_back(std::move(op));
        }
    }

    void judgeOne(std::size_t kind, Sums& sums)
    {
        std::vector<Outgoing> batch;
        std::vector<SentOp> sent;
        const auto first = m_random.below(kOps);
        for (std::size_t i = m_random.below(3) + 1; i > 0; --i) {
            batch.push_back(m_ops[(first + 7 * i) % kOps]);
            sent.push_back({batch.back().op, toHex(batch.back().digest)});
        }
        const Reply reply =
            seenWithout(m_orders.without, makeBad(m_words, sent, kind, m_random), m_words, sent);
        auto verdict = classify(reply, m_words.now);
        const About about = m_random.below(4) == 0 ? About::Asked : About::Sent;
        const auto judgement = judgeAnswer(reply, verdict, batch, about, {m_words.keys, m_words.epoch});
        for (const auto& each : judgement.operations) {
            if (each.stored.receipt) {
                const auto& op = m_ops[static_cast<std::size_t>(each.stored.position.value - 1)].op;
                sums.count(isTrue(m_words, op, *each.stored.receipt), kind);
            }
        }
        ++sums.answers;
    }

private:
    static constexpr std::size_t kOps = 64;
    PortalWords& m_words;
    const Orders& m_orders;
    SeededRandom m_random;
    std::vector<Outgoing> m_ops;
};

/// Greets truthfully, and answers everything about operations badly.
class Liar final : public Transport
{
public:
    Liar(PortalWords& words, const Orders& orders)
        : m_words(words), m_orders(orders), m_random(orders.seed + 1)
    {}

    Reply exchange(const Request& request) override
    {
        if (request.path == "/v1/hello") {
            Hello hello;
            hello.portalEpoch = m_words.epoch;
            hello.now = m_words.now;
            hello.keys = m_words.keys;
            hello.held = 1'000'000;
            return ScriptedPortal::json(toJson(hello));
        }
        if (!request.path.starts_with("/v1/ops")) {
            return ScriptedPortal::json(toJson(ChangesPage{"c1", m_words.epoch, false, {}}));
        }
        const auto sent = request.path == "/v1/ops" ? pushed(request) : askedAbout(request);
        if (sent.empty()) {
            return ScriptedPortal::json(toJson(Results{{}, m_words.epoch}));
        }
        ++answers;
        return seenWithout(m_orders.without, makeBad(m_words, sent, kind(), m_random), m_words, sent);
    }
    [[nodiscard]] std::size_t kind() const { return static_cast<std::size_t>(answers); }

    std::int64_t answers = 0;

private:
    std::vector<SentOp> pushed(const Request& request)
    {
        std::vector<SentOp> sent;
        for (const auto& line : ScriptedPortal::linesOf(request)) {
            sent.push_back({stringAt(*parseJson(line), "op"), toHex(sha256(line))});
            m_words.know(sent.back());
            m_digests[sent.back().op] = sent.back().digest;
        }
        return sent;
    }
    std::vector<SentOp> askedAbout(const Request& request)
    {
        std::vector<SentOp> sent;
        const auto ops = statusRequestFromJson(*parseJson(request.body));
        require(ops.has_value(), "a look-up names operations");
        for (const auto& op : *ops) {
            // What was packed ahead and never left is asked about as well; a liar knows nothing of it.
            if (const auto seen = m_digests.find(op.text()); seen != m_digests.end()) {
                sent.push_back({op.text(), seen->second});
            }
        }
        return sent;
    }

    PortalWords& m_words;
    const Orders& m_orders;
    SeededRandom m_random;
    std::map<std::string, std::string> m_digests;
};

/// A counter with a register on disk, whose portal is a liar.
class Counter
{
public:
    Counter(PortalWords& words, const Orders& orders)
        : m_words(words), m_liar(words, orders), m_counter(orders.seed), m_random(orders.seed + 2)
    {
        PortalBinding binding;
        binding.url = "https://portal.example.vn";
        binding.token = "token-1";
        binding.portalEpoch = words.epoch;
        for (const auto& key : words.keys) {
            binding.keys.push_back(toJson(key));
        }
        require(m_counter.portal->bind(binding).has_value(), "a counter is bound");
        start();
    }

    void run(std::int64_t answers, Sums& sums)
    {
        while (m_liar.answers < answers) {
            keepBusy();
            const auto before = m_liar.answers;
            const auto done = m_engine->step();
            require(done.has_value(), "the disk is good");
            if (done->did == Did::Idle || done->did == Did::Waiting) {
                m_counter.clock.advance(std::max(Millis{0}, done->until - m_counter.clock.monotonic()));
            }
            if (m_liar.answers != before) {
                look(sums);
                sums.engine += m_liar.answers - before;
            }
            if (m_random.below(40) == 0) {
                start(); // and so it looks up what it does not know
            }
        }
    }

private:
    void start()
    {
        m_engine.reset();
        m_queue = std::make_unique<Queue>(*m_counter.connection, m_counter.folder->identity().install);
        EngineOptions options;
        options.batchCount = 3;
        m_engine = std::make_unique<SyncEngine>(*m_counter.portal, *m_queue, m_liar, m_counter.clock,
                                                m_random, options);
    }
    void keepBusy()
    {
        const auto summary = m_counter.desk->queue().summary();
        require(summary.has_value(), "the queue is read");
        for (auto open = summary->toSend; open < 4; ++open) {
            require(m_counter.desk->receive(m_counter.draft()).has_value(), "a good draft is received");
        }
    }
    /// Every state that only a receipt can bring about has come about by the portal's own word.
    void look(Sums& sums)
    {
        const auto all = m_counter.desk->queue().operations(true);
        require(all.has_value(), "the queue is read");
        for (const auto& each : *all) {
            const auto proven = provenBy(each.state);
            if (!proven || !m_seen.insert(each.op).second) {
                continue;
            }
            const auto& truth = m_words.truth(each.op);
            sums.count(truth && truth->result == *proven && truth->digest == each.digest, m_liar.kind() - 1);
        }
    }
    static std::optional<Outcome> provenBy(OpState state)
    {
        switch (state) {
        case OpState::Acknowledged:
        case OpState::Confirmed:
            return Outcome::Applied;
        case OpState::Conflict:
            return Outcome::Conflict;
        case OpState::NeedsYou:
            return Outcome::Rejected;
        default:
            return std::nullopt;
        }
    }

    PortalWords& m_words;
    Liar m_liar;
    SmallCounter m_counter;
    SeededRandom m_random;
    std::unique_ptr<Queue> m_queue;
    std::unique_ptr<SyncEngine> m_engine;
    std::set<std::string> m_seen;
};

int play(const Orders& orders)
{
    Sums sums;
    PortalWords benchWords(orders.seed);
    Bench bench(benchWords, orders);
    for (std::int64_t i = 0; i < orders.answers - orders.engine; ++i) {
        bench.judgeOne(static_cast<std::size_t>(i), sums);
    }
    PortalWords counterWords(orders.seed + 3);
    Counter(counterWords, orders).run(std::min(orders.engine, orders.answers), sums);
    for (std::size_t i = 0; i < badKinds().size(); ++i) {
        if (sums.wrongByKind[i] > 0) {
            std::printf("%s: %lld\n", std::string(badKinds()[i].name).c_str(),
                        static_cast<long long>(sums.wrongByKind[i]));
        }
    }
    std::printf(
        "answers %lld (%lld to the whole engine, %zu kinds, seed %llu) acknowledged %lld true %lld false\n",
        static_cast<long long>(sums.answers + sums.engine), static_cast<long long>(sums.engine),
        badKinds().size(), static_cast<unsigned long long>(orders.seed),
        static_cast<long long>(sums.trueWords), static_cast<long long>(sums.wrong));
    return sums.wrong == 0 ? 0 : 1;
}

} // namespace

int main(int count, char** texts)
{
    const Orders orders = read(count, texts);
    if (!orders.understood) {
        std::fputs("motcua-bad-answers [--answers N] [--engine M] [--seed S]\n"
                   "                   [--without signature|operation|digest|epoch|result|age]\n",
                   stderr);
        return 2;
    }
    return play(orders);
}
