// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/crash_story.h"

#include "core/base/check.h"
#include "core/db/migrator.h"
#include "core/journal/register_schema.h"
#include "tests/support/signed_words.h"
#include "tests/world/crash_digest.h"

#include <array>
#include <functional>
#include <map>

namespace motcua {

namespace {

constexpr int kHealthyUntil = 10;
constexpr std::size_t kBatchBytes = std::size_t{1} << 20;

template<class T> const T& good(const T& answer)
{
    require(answer.has_value(), "an act of the story is done");
    return answer;
}

class Teller
{
public:
    Teller(WorldStore& store, CrashDefect defect) : m_store(store), m_defect(defect)
    {
        m_story.path = store.machine() + "register.db";
        // What stood in the log moves into the file: the story begins with a file and an empty log.
        store.stop();
        require(store.restart().has_value(), "the register is opened");
        m_story.database = MemoryDisk::the().bytes(m_story.path);
        m_story.log = MemoryDisk::the().bytes(m_story.path + "-wal");
        MemoryDisk::the().recordTo(&m_story.changes);
        mark("the beginning");
    }
    ~Teller() { MemoryDisk::the().recordTo(nullptr); }
    Teller(const Teller&) = delete;
    Teller& operator=(const Teller&) = delete;

    CrashStory tell()
    {
        morning();
        portalAnswers();
        afternoon();
        trouble();
        evening();
        require(m_story.marks.size() == kCrashTransactions + 1, "the story has forty transactions");
        return std::move(m_story);
    }

private:
    /// One act: one transaction, and what the register says after it.
    void act(const std::string& name, const std::function<void()>& done)
    {
        m_store.clock.advance(std::chrono::minutes{3});
        done();
        mark(name);
        if (m_defect == CrashDefect::NoSync && m_story.marks.size() == kHealthyUntil) {
            good(m_store.connection->execute("PRAGMA synchronous=OFF"));
        }
    }
    void mark(const std::string& name)
    {
        const auto digest = RegisterDigest(*m_store.connection).now();
        const auto head = headText(*m_store.connection);
        require(digest && head, "the register answers");
        m_story.marks.push_back({m_story.changes.size(), name, *digest, *head});
    }
    void checkpoint() { good(m_store.connection->checkpoint()); }
    /// The program ends in order, and is started again.
    void restart() { good(m_store.restart()); }

    std::string receive(const std::string& name)
    {
        std::string code;
        act("receive", [&] { code = good(m_store.desk->receive(m_store.draft(name)))->code; });
        m_story.slips.push_back({m_story.marks.size() - 1, code});
        return code;
    }
    void change(const std::string& code, const std::string& phone)
    {
        act("change", [&] {
            m_op = good(m_store.desk->change(code, {{"/applicant/phone", phone}}, "dân báo"))->op;
        });
    }
    void move(const std::string& code, Status to)
    {
        act("move", [&] { good(m_store.desk->move(code, to, "")); });
    }
    void beginAttempt()
    {
        act("attempt", [&] {
            m_batch = *good(m_store.portal->sendable(50, kBatchBytes));
            require(!m_batch.empty(), "something waits");
            m_attempt = *good(m_store.portal->beginAttempt(m_batch, "run"));
        });
    }
    void endAttempt(RequestEnd end, Outcome outcome = Outcome::Applied)
    {
        act("answer", [&] {
            std::vector<StoredResult> results;
            for (const Outgoing& out : m_batch) {
                if (end == RequestEnd::Answered) {
                    results.push_back({out.position, word(out, outcome), std::nullopt, {}});
                }
            }
            good(m_store.portal->endAttempt(m_attempt, end, 200, {}, {}, m_batch, results));
        });
    }
    VerifiedReceipt word(const Outgoing& out, Outcome outcome)
    {
        const auto receipt = m_words.receipt(out.op, toHex(out.digest), outcome);
        VerifiedReceipt word;
        word.result = outcome == Outcome::Applied ? "applied" : "conflict";
        if (outcome != Outcome::Applied) {
            word.problem = "rev-mismatch";
        }
        if (receipt.rev) {
            word.rev = m_rev = receipt.rev->text();
            word.seq = m_seq = *receipt.seq;
        }
        word.at = m_store.clock.now();
        word.epoch = m_words.epoch();
        word.jws = m_words.jws(receipt);
        return word;
    }
    /// The city's word on a dossier, or a dossier that it got from elsewhere.
    void page(const std::string& code, const Json& set, bool isNew)
    {
        act("page", [&] {
            const auto view = *good(m_store.desk->dossiers().byCode(code));
            PulledChange change;
            change.seq = ++m_seq;
            m_words.seqIs(m_seq);
            change.uid = isNew ? makeUuidV7(m_seq, m_store.random) : view.row.uid;
            const auto number = std::to_string(m_seq);
            change.rev = std::string(32 - number.size(), '0') + number;
            change.by = "Thành phố";
            change.dossier = view.dossier;
            for (auto member = set.begin(); member != set.end(); ++member) {
                change.dossier[Json::json_pointer(member.key())] = member.value();
            }
            good(m_store.portal->storePage(m_words.epoch(), {change}, "c" + number));
        });
    }

    void morning() // 12
    {
        m_codes[0] = receive("Nguyễn Văn Hà");
        m_codes[1] = receive("Trần Thị Bưởi");
        act("draft", [&] {
            DraftRow draft;
            draft.procedure = "1.001570";
            draft.body = m_store.draft("Lê Văn Dở");
            m_draft = *good(m_store.desk->saveDraft(draft));
            if (m_defect == CrashDefect::Halves) {
                good(m_store.desk->recordView("list", Json::object()));
            }
        });
        change(m_codes[0], "0987654321");
        move(m_codes[0], Status::Processing);
        checkpoint();
        act("refuse",
            [&] { good(m_store.desk->refuse(m_store.draft("Đỗ Văn Thiếu"), "Thiếu giấy tờ bắt buộc")); });
        m_codes[2] = receive("Phạm Thị Mơ");
        act("receive from a draft",
            [&] { m_codes[3] = good(m_store.desk->receive(m_store.draft("Lê Văn Dở"), m_draft))->code; });
        m_story.slips.push_back({m_story.marks.size() - 1, m_codes[3]});
        restart();
        act("account", [&] {
            good(m_store.desk->addAccount({"mai", "Trần Thị Mai", Role::Official, false}));
        });
        act("print", [&] {
            PrintEvent print;
            print.paper = "slip";
            print.printer = "pdf";
            print.outcome = "good";
            print.sha256 = toHex(sha256("paper"));
            print.snapshot = "paper";
            good(m_store.desk->recordPrint(m_codes[0], print));
        });
        act("sighting", [&] {
            good(m_store.portal->noteSighting({m_store.clock.now(), "run", Reach::Online, 5, "200"}));
        });
        change(m_codes[1], "0977000111");
        checkpoint();
    }
    void portalAnswers() // 7
    {
        beginAttempt();
        endAttempt(RequestEnd::Lost);
        beginAttempt();
        checkpoint();
        endAttempt(RequestEnd::Answered);
        page(m_codes[0], {{"/note", "Thành phố ghi"}}, false);
        checkpoint();
        page(m_codes[0], {{"/code", "H26.131-261121-100001"}, {"/applicant/name", "Vũ Trực Tuyến"}}, true);
        move(m_codes[1], Status::Processing);
    }
    void afternoon() // 8
    {
        act("view", [&] { good(m_store.desk->recordView("search", {{"for", "ha"}})); });
        m_codes[4] = receive("Bùi Thị Chiều");
        checkpoint();
        change(m_codes[4], "0966000222");
        act("withdraw", [&] { good(m_store.desk->withdrawOperation(m_op, "nhầm")); });
        change(m_codes[2], "0955000333");
        checkpoint();
        page(m_codes[2], {{"/applicant/phone", "0944000444"}}, false);
        move(m_codes[3], Status::Processing);
        backup();
        m_codes[5] = receive("Ngô Văn Tối");
        checkpoint();
    }
    void trouble() // 7
    {
        beginAttempt();
        endAttempt(RequestEnd::Answered, Outcome::Conflict);
        act("resolve", [&] {
            const auto cases = *good(m_store.desk->conflicts());
            require(!cases.empty(), "somebody must decide");
            std::map<std::string, Decision> decisions;
            for (const auto& field : cases.front().fields) {
                decisions[field.pointer] = {Decision::Take::Ours, {}};
            }
            good(m_store.desk->resolve(cases.front().code, decisions, "dân xác nhận"));
        });
        checkpoint();
        act("another portal epoch", [&] { good(m_store.portal->restartPull("e2", PortalStore::WentBack)); });
        act("audit begins", [&] { good(m_store.portal->startAsking()); });
        act("audit", [&] {
            const auto asked = *good(m_store.portal->toAudit(Position{0}, 1));
            require(!asked.empty(), "something was acknowledged");
            good(m_store.portal->storeAudit({asked.front().position}, {}, "e2", asked.front().position));
        });
        checkpoint();
        act("audit ends", [&] { good(m_store.portal->endAudit()); });
        restart();
    }
    void evening() // 6
    {
        m_codes[6] = receive("Hồ Thị Cuối");
        act("a draft thrown away", [&] {
            DraftRow draft;
            draft.procedure = "1.001570";
            draft.body = Json::object();
            good(m_store.desk->saveDraft(draft));
        });
        act("leave a run behind", [&] { beginOnly(); });
        act("recover", [&] { good(m_store.portal->recoverAttempts("next run")); });
        checkpoint();
        move(m_codes[5], Status::Processing);
        act("migrate", [&] {
            const Schema now = registerSchema();
            std::vector<Migration> steps(now.migrations.begin(), now.migrations.end());
            steps.push_back({now.latest() + 1, "CREATE TABLE thing(a TEXT NOT NULL) STRICT; "
                                               "INSERT INTO thing SELECT code FROM dossier"});
            good(migrate(*m_store.connection, Schema{now.applicationId, steps}));
        });
        checkpoint();
        m_store.stop();
    }
    void beginOnly()
    {
        m_batch = *good(m_store.portal->sendable(50, kBatchBytes));
        m_attempt = *good(m_store.portal->beginAttempt(m_batch, "run"));
    }
    void backup()
    {
        const auto target = m_story.path + ".copy";
        good(m_store.connection->backupTo(target, &m_store.dataKey(), MemoryDisk::the().name()));
        MemoryDisk::the().remove(target);
    }

    WorldStore& m_store;
    CrashDefect m_defect;
    CrashStory m_story;
    SignedWords m_words;
    std::array<std::string, 7> m_codes;
    std::string m_op;
    std::int64_t m_draft = 0;
    std::vector<Outgoing> m_batch;
    std::int64_t m_attempt = 0;
    std::int64_t m_seq = 0;
    std::string m_rev;
};

} // namespace

CrashStory tellCrashStory(WorldStore& store, CrashDefect defect)
{
    return Teller(store, defect).tell();
}

Result<std::string> headText(Connection& connection)
{
    auto query =
        TRY(connection.prepare("SELECT position, chain FROM journal ORDER BY position DESC LIMIT 1"));
    const bool row = TRY(query.step());
    return row ? std::to_string(query.integer(0)) + ":" + query.text(1) : std::string();
}

} // namespace motcua
