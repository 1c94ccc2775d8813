// SPDX-License-Identifier: GPL-3.0-or-later
// Which counters a book may come from and go to: their cards, and whether a card is to be believed.
#include "core/base/text.h"
#include "core/db/setting.h"
#include "core/db/transaction.h"
#include "core/desk/book_desk.h"
#include "core/desk/book_words.h"

namespace motcua {

namespace {

constexpr std::string_view kSeed = "book_seed";
constexpr std::size_t kSeedBytes = 32;

} // namespace

Result<CounterKeys> BookDesk::keys()
{
    const auto kept = TRY(settingOf(m_desk.m_connection, kSeed));
    if (!kept) {
        return fail(ErrorKind::NotFound, "no seed");
    }
    auto seed = fromHex(*kept);
    return CounterKeys::fromSeed(Secret(seed ? std::move(*seed) : std::string()));
}

Result<CounterCard> BookDesk::card()
{
    auto keys = this->keys();
    if (!keys && keys.error().kind == ErrorKind::NotFound) {
        auto transaction = TRY(Transaction::begin(m_desk.m_connection));
        auto keep = TRY(m_desk.m_connection.prepare(
            "INSERT OR IGNORE INTO setting(key, value) VALUES('book_seed', :value)"));
        const std::string seed = m_desk.m_random.hex(kSeedBytes);
        keep.bind(":value", seed);
        TRY(keep.run());
        TRY(transaction.commit());
        keys = this->keys();
    }
    const CounterKeys mine = TRY(std::move(keys));
    const RegisterIdentity& identity = m_desk.m_identity;
    return CounterCard{identity.unit, identity.unitName, self(), mine.sealKey(), mine.signKey()};
}

Result<std::vector<KnownCounter>> BookDesk::counters()
{
    auto query = TRY(m_desk.m_connection.prepare(R"(
        SELECT c.card, j.at FROM book_counter c JOIN journal j ON j.position = c.position
        WHERE c.epoch = (SELECT max(epoch) FROM book_counter o WHERE o.install = c.install)
        ORDER BY c.id
    )"));
    std::vector<KnownCounter> known;
    while (TRY(query.step())) {
        const Json json = TRY(parseJson(query.view(0)));
        CounterCard card = TRY(counterCardFromJson(json));
        std::string code = cardCode(card);
        known.push_back({std::move(card), std::move(code), fromMillis(query.integer(1))});
    }
    return known;
}

Answer<void> BookDesk::mustTrust(const CounterCard& giver, const std::string& code)
{
    const BookCounter me = self();
    if (giver.unit != m_desk.m_identity.unit) {
        return tl::unexpected(bookProblem("counter-unit", "Thẻ này của đơn vị khác (" + giver.unit + ")."));
    }
    if (giver.counter.install == me.install) {
        return tl::unexpected(bookProblem(
            "counter-self", "Thẻ này của chính quầy này, hoặc của một máy chép từ ổ đĩa của quầy này."));
    }
    for (const KnownCounter& known : TRY(counters())) {
        if (known.card.counter.install != giver.counter.install) {
            continue;
        }
        if (known.card.counter.epoch > giver.counter.epoch) {
            return tl::unexpected(
                bookProblem("counter-old",
                            counterName(giver.counter) + " đã phục hồi từ bản sao lưu sau khi lập tệp này."));
        }
        const bool isSame = known.card.signKey == giver.signKey && known.card.sealKey == giver.sealKey;
        if (!isSame && giver.counter.epoch > known.card.counter.epoch) {
            break; // restored from before it had keys: a leader compares its code, as a new counter's
        }
        if (!isSame) {
            return tl::unexpected(bookProblem(
                "counter-forged", "Chữ ký không phải của " + counterName(giver.counter) + " đã biết."));
        }
        if (known.card.counter.epoch == giver.counter.epoch) {
            return {};
        }
    }
    TRY(m_desk.mustBeAllowed(Act::LeadBooks));
    if (fold(code) != fold(cardCode(giver))) {
        return tl::unexpected(bookProblem(
            "counter-code",
            counterName(giver.counter) +
                " chưa được biết ở đây. Hãy so mã thẻ trên màn hình quầy ấy rồi nhập đúng mã đó."));
    }
    return {};
}

Result<void> BookDesk::keepCard(const CounterCard& card)
{
    const std::string text = dumpJson(toJson(card));
    NewEntry entry;
    entry.kind = "counter.known";
    entry.official = m_desk.m_actor.fullName.empty() ? m_desk.m_actor.account : m_desk.m_actor.fullName;
    entry.at = m_desk.m_clock.now();
    entry.body = {{"card", toJson(card)}, {"code", cardCode(card)}};
    const Written written = TRY(m_desk.m_journal.append(entry));
    auto keep = TRY(m_desk.m_connection.prepare(R"(
        INSERT INTO book_counter(install, epoch, card, position) VALUES(:install, :epoch, :card, :position)
    )"));
    keep.bind(":install", card.counter.install).bind(":epoch", card.counter.epoch).bind(":card", text);
    keep.bind(":position", written.position.value);
    return keep.run();
}

Answer<void> BookDesk::know(const CounterCard& card, const std::string& code)
{
    TRY(m_desk.mustBeAllowed(Act::LeadBooks));
    auto transaction = TRY(Transaction::begin(m_desk.m_connection));
    TRY(mustTrust(card, code));
    for (const KnownCounter& known : TRY(counters())) {
        if (known.card.counter == card.counter) {
            return tl::unexpected(bookProblem("counter-known", counterName(card.counter) + " đã được biết."));
        }
    }
    TRY(keepCard(card));
    TRY(transaction.commit());
    return {};
}

} // namespace motcua
