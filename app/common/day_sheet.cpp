// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/day_sheet.h"

#include "app/common/day_words.h"
#include "app/common/paper_head.h"
#include "core/base/text.h"
#include "core/journal/chain_code.h"

#include <map>

namespace motcua {

namespace {

constexpr std::string_view kDaySheet = "day-sheet";
/// Of what does not agree; the rest is on the screen.
constexpr int kDifferencesMax = 8;
constexpr std::size_t kNumbersMax = 120; ///< bytes of the ranges of numbers
constexpr std::size_t kNameMax = 60;     ///< bytes of a name

Json row(const std::string& label, const std::string& value)
{
    return {{"label", label}, {"value", value}};
}

/// Cut behind a whole word or range.
std::string shortened(const std::string& text, std::size_t most, char at)
{
    if (text.size() <= most) {
        return text;
    }
    const std::size_t end = text.rfind(at, most);
    return text.substr(0, end == std::string::npos ? 0 : end) + " …";
}

/// Titles begin with a letter of one byte, or with "Đ".
std::string lowered(const std::string& title)
{
    constexpr std::string_view kCapital = "Đ";
    if (title.starts_with(kCapital)) {
        return "đ" + title.substr(kCapital.size());
    }
    return static_cast<char>(title.front() - 'A' + 'a') + title.substr(1);
}

std::vector<Json> dossierRows(const DayStatus& status)
{
    return {row("Đã tiếp nhận", std::to_string(status.takenIn)),
            row("Từ chối tiếp nhận", std::to_string(status.refused)),
            row("Cổng đã xác nhận", std::to_string(status.confirmed)),
            row("Chờ gửi", std::to_string(status.waiting)),
            row("Cần người xử lý", std::to_string(status.needsYou)),
            row("Đã rút lại", std::to_string(status.withdrawn)),
            row("", "")};
}

std::vector<Json> paperRows(const DayStatus& status)
{
    const bool agrees =
        status.collectionSlips == status.receiptNumbers && status.receiptNumbers == status.paid;
    const std::string mark = agrees ? " – khớp" : " – KHÔNG KHỚP";
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return std::to_string(part) + " trên " + std::to_string(whole);
    };
    return {row("Giấy tiếp nhận đã in", share(status.slips, status.takenIn)),
            row("Phiếu từ chối đã in", share(status.refusalSlips, status.refused)),
            row("Phiếu thu đã in", std::to_string(status.collectionSlips) + mark),
            row("Biên lai đã ghi số", std::to_string(status.receiptNumbers) + mark),
            row("Hồ sơ đã thu đủ", std::to_string(status.paid) + mark),
            row("Tiền thu trong ngày", formatDong(status.paidAmount)),
            row("Còn phải thu", formatDong(status.openAmount))};
}

Json pairValues(const DayStatus& status)
{
    const auto left = dossierRows(status);
    const auto right = paperRows(status);
    Json pairs = Json::array();
    for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
        pairs.push_back({{"left", left[i]}, {"right", right[i]}});
    }
    return pairs;
}

Json queueRows(const DayStatus& status)
{
    const std::string why = shortened(waitingReason(status), 4 * kNameMax, ' ');
    const std::string scans =
        status.files.toSend() > 0 ? " và " + std::to_string(status.files.toSend()) + " tệp quét" : "";
    const std::string longest = status.oldest ? " · lâu nhất: " + why : "";
    return Json::array(
        {row("Chờ gửi", std::to_string(status.queue.toSend) + scans + longest),
         row("Cần người xử lý", std::to_string(status.forPerson())),
         row("Xác nhận gần nhất",
             status.queue.lastConfirmed ? toDisplayTime(*status.queue.lastConfirmed) : "chưa có"),
         row("Đường tới cổng", networkWords(status)), row("Sao lưu", backupWords(status))});
}

/// What is not listed, kind by kind with the running numbers.
std::string restOf(const DayStatus& status, std::size_t listed)
{
    std::map<DayGap, std::vector<std::string>> rest;
    for (std::size_t i = listed; i < status.differences.size(); ++i) {
        rest[status.differences[i].gap].push_back(status.differences[i].code);
    }
    std::string text;
    for (const auto& [gap, codes] : rest) {
        text += (text.empty() ? "Ngoài ra: " : "; ") + lowered(gapTitle(gap)) + ": " +
                shortened(numberRanges(codes), kNumbersMax, ',') + " (" + std::to_string(codes.size()) +
                " hồ sơ)";
    }
    return text;
}

Json differenceValues(const DayStatus& status, int most)
{
    if (status.differences.empty()) {
        return false;
    }
    Json lines = Json::array();
    for (const DayDifference& difference : status.differences) {
        if (static_cast<int>(lines.size()) == most) {
            break;
        }
        lines.push_back({{"number", std::to_string(lines.size() + 1)},
                         {"code", difference.code},
                         {"name", shortened(difference.name, kNameMax, ' ')},
                         {"what", gapWords(difference).what}});
    }
    std::string rest = restOf(status, lines.size());
    return {{"lines", std::move(lines)}, {"more", std::move(rest)}};
}

Json headLines(const std::string& text)
{
    Json lines = Json::array();
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(upperVietnamese(text.substr(at, end - at)));
        at = end + 1;
    }
    return lines;
}

Json sheetValues(Workplace& place, const DayStatus& status, const PaperHead& head, int differences)
{
    const RegisterIdentity& identity = place.identity();
    const Actor& actor = place.desk().actor();
    return {{"head",
             {{"governingBody", headLines(head.governingBody)},
              {"centre", headLines(head.centre)},
              {"place", head.place},
              {"text", headText(identity.install, status.head)},
              {"code", chainCode(status.head.chain)},
              {"epoch", std::to_string(status.head.position.epoch())},
              {"seq", std::to_string(status.head.position.seq())},
              {"install", identity.install.substr(0, 8)}}},
            {"today", longDay(status.at)},
            {"printedAt", toDisplayTime(status.at)},
            {"day", toDisplayDay(status.day)},
            {"unit", identity.unitName},
            {"counter", "Quầy " + std::to_string(identity.slot)},
            {"official", actor.fullName.empty() ? actor.account : actor.fullName},
            {"headline", verdictHeadline(status)},
            {"advice", verdictAdvice(status)},
            {"pairs", pairValues(status)},
            {"numbers", shortened(numberRanges(status.codes), kNumbersMax, ',')},
            {"moneyInWords", amountInWords(status.paidAmount)},
            {"queue", queueRows(status)},
            {"differences", differenceValues(status, differences)}};
}

} // namespace

Result<LaidOutPaper> daySheet(Workplace& place, const DayStatus& status)
{
    const PaperHead head = TRY(paperHeadOf(place.identity(), place.registerFolder()));
    const PaperTemplates templates(unitPaperFolder(place.registerFolder()));
    // One page with the signatures on it, whatever stands above: the list gives way, the screen has all of
    // it.
    for (int differences = kDifferencesMax;; --differences) {
        auto markup =
            TRY(templates.markupFor(std::string(kDaySheet), sheetValues(place, status, head, differences)));
        LaidOutPaper paper = TRY(LaidOutPaper::create(std::string(kDaySheet), std::move(markup),
                                                      Marking{0, place.identity().practice}));
        if (paper.pageCount() == 1 || differences == 0) {
            return paper;
        }
    }
}

std::string daySheetStem(const Workplace& place, const DayStatus& status)
{
    return fileStem(std::string(kDaySheet), place.identity().unit + '-' +
                                                std::to_string(place.identity().slot) + '-' +
                                                toIsoDay(status.day));
}

Answer<void> recordDaySheet(Workplace& place, const DayStatus& status, const PrintEnd& end)
{
    TRY(place.desk().recordView("day-sheet.printed", {{"day", toIsoDay(status.day)},
                                                      {"seq", status.head.position.seq()},
                                                      {"code", chainCode(status.head.chain)},
                                                      {"verdict", dayVerdictName(status.verdict())},
                                                      {"printer", end.printer},
                                                      {"outcome", end.outcome},
                                                      {"sha256", end.sha256}}));
    return {};
}

} // namespace motcua
