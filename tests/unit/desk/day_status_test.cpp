// SPDX-License-Identifier: GPL-3.0-or-later
// "May I go home?": each figure of the day, and each way in which papers and money may not agree.
#include "core/desk/day_status.h"
#include "core/journal/chain_code.h"
#include "tests/support/sample_files.h"
#include "tests/support/small_counter.h"
#include "tests/unit/desk/portal_words.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace std::chrono_literals;

namespace {

DayStatus statusOf(SmallCounter& counter, std::optional<Day> day = {})
{
    const auto status =
        dayStatus(*counter.connection, counter.folder->identity(),
                  day.value_or(dayInVietnam(counter.clock.now())), counter.clock, counter.clock.now());
    REQUIRE(status);
    return *status;
}

std::string receive(SmallCounter& counter, const std::string& name = "Nguyễn Văn Hà")
{
    const auto received = counter.desk->receive(counter.draft(name));
    REQUIRE(received);
    return received->code;
}

void print(SmallCounter& counter, const std::string& code, const std::string& paper,
           const std::string& outcome = "good")
{
    PrintEvent event;
    event.paper = paper;
    event.printer = "quay1";
    event.outcome = outcome;
    REQUIRE(counter.desk->recordPrint(code, event));
}

/// What the dossier owes, and how far it is settled.
void setFee(SmallCounter& counter, const std::string& code, std::int64_t amount, bool paid,
            const std::string& number)
{
    Json fee{{"code", "le-phi"}, {"amount", amount}};
    fee["paidAt"] = paid ? Json(toRfc3339(counter.clock.now())) : Json();
    fee["receiptNo"] = number.empty() ? Json() : Json(number);
    REQUIRE(counter.desk->change(code, {{"/fees", Json::array({fee})}}, "Thu lệ phí"));
}

std::vector<std::string> gaps(const DayStatus& status)
{
    std::vector<std::string> names;
    for (const DayDifference& difference : status.differences) {
        names.emplace_back(dayGapName(difference.gap));
    }
    return names;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a day without dossiers is clear, and says so")
{
    SmallCounter counter;

    const DayStatus status = statusOf(counter);

    CHECK(status.takenIn == 0);
    CHECK(status.codes.empty());
    CHECK(status.verdict() == DayVerdict::Clear);
    CHECK_FALSE(status.oldest);
    CHECK_FALSE(status.network);
    CHECK_FALSE(status.backup);
}

TEST_CASE("what was taken in and turned away is counted once each, with its numbers and its papers")
{
    SmallCounter counter;
    const std::string first = receive(counter);
    const std::string second = receive(counter, "Lê Thị Hoa");
    const auto refused = counter.desk->refuse(counter.draft("Trần Văn Ba"), "Không thuộc thẩm quyền.");
    REQUIRE(refused);
    print(counter, first, "slip", "jammed");
    print(counter, first, "slip");
    print(counter, second, "slip", "file");

    const DayStatus status = statusOf(counter);

    CHECK(status.takenIn == 2);
    CHECK(status.refused == 1);
    CHECK(status.slips == 2);
    CHECK(status.refusalSlips == 0);
    CHECK(status.codes == Names{first, second, refused->code});
    CHECK(gaps(status) == Names{"refusal-missing"});
    CHECK(status.differences.front().code == refused->code);
    CHECK(status.differences.front().name == "Trần Văn Ba");
    print(counter, refused->code, "refusal");
    CHECK(statusOf(counter).differences.empty());
}

TEST_CASE("a slip that jammed is missing, one that nobody saw is unsure")
{
    SmallCounter counter;
    const std::string jammed = receive(counter);
    const std::string unseen = receive(counter);
    const std::string never = receive(counter);
    print(counter, jammed, "slip", "jammed");
    print(counter, unseen, "slip", "unknown");

    const DayStatus status = statusOf(counter);

    CHECK(status.slips == 0);
    CHECK(gaps(status) == Names{"slip-missing", "slip-unsure", "slip-missing"});
    CHECK(status.differences[2].code == never);
    CHECK(status.verdict() == DayVerdict::Differs);
}

TEST_CASE("printed, receipts and fees agree, and each way in which they do not is named")
{
    SmallCounter counter;
    const std::string code = receive(counter);
    print(counter, code, "slip");
    const auto [paid, number, printed, expected] = GENERATE(table<bool, std::string, bool, Names>({
        {false, "", false, {}}, // not paid yet: nothing to agree about
        {true, "0000123", true, {}},
        {true, "", true, {"paid-without-number"}},
        {true, "0000123", false, {"paid-without-slip"}},
        {true, "", false, {"paid-without-number", "paid-without-slip"}},
        {false, "0000123", true, {"number-without-paid"}},
        {false, "0000123", false, {"number-without-paid"}},
        {false, "", true, {"slip-without-paid"}},
    }));
    setFee(counter, code, 21'000, paid, number);
    if (printed) {
        print(counter, code, "collection");
    }

    const DayStatus status = statusOf(counter);

    CHECK(gaps(status) == expected);
    CHECK(status.owing == 1);
    CHECK(status.paid == (paid ? 1 : 0));
    CHECK(status.receiptNumbers == (number.empty() ? 0 : 1));
    CHECK(status.collectionSlips == (printed ? 1 : 0));
    CHECK(status.paidAmount == (paid ? 21'000 : 0));
    CHECK(status.openAmount == (paid ? 0 : 21'000));
    for (const DayDifference& difference : status.differences) {
        CHECK(difference.amount == 21'000);
    }
}

TEST_CASE("a dossier of yesterday that pays today counts in today's money and nowhere else")
{
    SmallCounter counter;
    const std::string code = receive(counter);
    setFee(counter, code, 8'000, false, "");
    counter.clock.advance(24h);
    setFee(counter, code, 8'000, true, "0000124");
    print(counter, code, "collection");

    const DayStatus today = statusOf(counter);
    const DayStatus yesterday =
        statusOf(counter, Day{std::chrono::sys_days{today.day} - std::chrono::days{1}});

    CHECK(today.takenIn == 0);
    CHECK(today.owing == 1);
    CHECK(today.paid == 1);
    CHECK(today.paidAmount == 8'000);
    CHECK(today.differences.empty());
    CHECK(yesterday.takenIn == 1);
    CHECK(yesterday.paidAmount == 0); // the drawer of that day
    CHECK(gaps(yesterday) == Names{"slip-missing"});
}

TEST_CASE("a dossier that owes nothing is none of the money's business")
{
    SmallCounter counter;
    const std::string code = receive(counter);
    print(counter, code, "slip");

    const DayStatus status = statusOf(counter);

    CHECK(status.owing == 0);
    CHECK(status.differences.empty());
}

TEST_CASE("each dossier of the day has one fate, and the verdict follows the whole queue")
{
    SmallCounter counter;
    PortalWords portal(counter);
    const std::string sent = receive(counter);
    print(counter, sent, "slip");
    portal.answerAll();
    CHECK(statusOf(counter).verdict() == DayVerdict::Clear);
    const std::string waits = receive(counter, "Lê Thị Hoa");
    print(counter, waits, "slip");
    const auto see = [&](Reach reach) {
        counter.clock.advance(1min);
        REQUIRE(counter.portal->noteSighting({counter.clock.now(), "run", reach, 1, {}}));
    };
    see(Reach::Offline);
    CHECK(statusOf(counter).verdict() == DayVerdict::WaitsForNetwork);
    see(Reach::Online);

    const DayStatus status = statusOf(counter);

    CHECK(status.verdict() == DayVerdict::Sending);
    CHECK(status.confirmed == 1);
    CHECK(status.waiting == 1);
    CHECK(status.needsYou == 0);
    REQUIRE(status.oldest);
    CHECK(status.oldest->code == waits);
    CHECK(status.queue.toSend == 1);
    CHECK(status.network->reach == Reach::Online);
    counter.clock.advance(14min);
    CHECK(statusOf(counter).verdict() == DayVerdict::Sending);
    counter.clock.advance(2min); // the program does not run, or it would have looked
    CHECK(statusOf(counter).verdict() == DayVerdict::WaitsForNetwork);
    CHECK_FALSE(statusOf(counter).isNetworkFresh);
}

TEST_CASE("a refused operation needs a person, and that comes before everything else")
{
    SmallCounter counter;
    PortalWords portal(counter);
    receive(counter);
    portal.answerAll("rejected", "invalid-fields");

    const DayStatus status = statusOf(counter);

    CHECK(status.needsYou == 1);
    CHECK(status.waiting == 0);
    CHECK_FALSE(status.oldest); // what needs a person does not go by itself
    CHECK(status.verdict() == DayVerdict::NeedsYou);
    CHECK(gaps(status) == Names{"slip-missing"});
}

TEST_CASE("a scan that waits keeps the day open, and one that can never go is somebody's business until it "
          "is replaced")
{
    SmallCounter counter;
    PortalWords portal(counter);
    FolderShelf shelf = counter.folder->shelf();
    FileStore files(*counter.connection, shelf, counter.folder->dataKey(), counter.clock);
    const auto scan = [&](int seed) {
        const std::string bytes = samplePdf(2'000, seed);
        MemorySource source(bytes);
        const auto file = files.add(source, FileKind::Pdf);
        REQUIRE(file);
        return Json{{"name", "trang.pdf"},
                    {"sha256", toHex(file->sha256)},
                    {"size", file->size},
                    {"type", "application/pdf"}};
    };
    const std::string code = receive(counter);
    print(counter, code, "slip");
    Json components = counter.desk->dossiers().byCode(code)->dossier["components"];
    components[0]["files"] = Json::array({scan(1)});
    REQUIRE(counter.desk->change(code, {{"/components", components}}, "Bổ sung bản quét"));
    while (portal.answerAll() > 0) {
    }
    REQUIRE(statusOf(counter).queue.toSend == 0);
    CHECK(statusOf(counter).verdict() == DayVerdict::Sending);
    CHECK(statusOf(counter).files.toSend() == 1);

    const auto due = counter.portal->filesDue(10);
    REQUIRE(due->size() == 1);
    REQUIRE(counter.portal->fileSent(due->front().file.id, 0, "damaged"));
    CHECK(statusOf(counter).verdict() == DayVerdict::Differs);
    CHECK(statusOf(counter).files.stuck == 1);
    CHECK(gaps(statusOf(counter)) == Names{"scan-stuck"});

    components[0]["files"] = Json::array({scan(2)});
    REQUIRE(counter.desk->change(code, {{"/components", components}}, "Quét lại"));
    CHECK(gaps(statusOf(counter)).empty());
    CHECK(statusOf(counter).verdict() == DayVerdict::Sending);
}

TEST_CASE("the sheet's code is that of the journal's head, and changes with each entry")
{
    SmallCounter counter;
    const DayStatus before = statusOf(counter);
    receive(counter);
    const DayStatus after = statusOf(counter);

    CHECK(after.head.position.seq() == before.head.position.seq() + 1);
    CHECK(chainCode(after.head.chain) != chainCode(before.head.chain));
    Hash known{};
    known[0] = 0xF8;
    known[12] = 0x0F;
    CHECK(chainCode(known) == "7AAAA-AAAAA-AAAAA-AAAAA"); // bits beyond the hundredth don't show
    known[12] = 0x1F;
    CHECK(chainCode(known) == "7AAAA-AAAAA-AAAAA-AAAAB");
    CHECK(headText("abc", {Position::of(2, 7), known}).starts_with("motcua:head:abc-2-7:f800"));
}

TEST_CASE("a backup that was read back is known afterwards, and the journal's head is still the backup's")
{
    SmallCounter counter;
    const std::int64_t before = statusOf(counter).head.position.seq();

    REQUIRE(counter.desk->recordBackup({"/media/usb/motcua-261121.backup", 12, "ab"}));

    const DayStatus status = statusOf(counter);
    REQUIRE(status.backup);
    CHECK(status.backup->file == "motcua-261121.backup");
    CHECK(status.backup->at == counter.clock.now());
    CHECK(status.backup->entries == 12);
    CHECK(status.head.position.seq() == before);
    CHECK(counter.findings().empty());
}

TEST_CASE("what came from the portal or another counter is none of this desk's day")
{
    SmallCounter counter;
    SmallCounter other(2, 2);
    const std::string code = receive(other);
    const auto view = other.desk->dossiers().byCode(code);
    REQUIRE(view);
    PortalWords(counter).pull(view->row.uid, view->dossier);
    REQUIRE(counter.desk->dossiers().byCode(code));

    CHECK(statusOf(counter).takenIn == 0);
    CHECK(statusOf(counter).codes.empty());
}
