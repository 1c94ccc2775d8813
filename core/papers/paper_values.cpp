// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_data.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace motcua {

namespace {

std::string twoDigits(unsigned number)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02u", number);
    return text.data();
}

std::string timeOrNothing(const std::optional<Instant>& instant)
{
    return instant ? toDisplayTime(*instant) : std::string();
}

std::string evidenceText(const std::string& evidence)
{
    if (evidence == "shown") {
        return "Xuất trình";
    }
    return evidence == "looked-up" ? "Tra cứu" : "Nộp";
}

/// Nothing instead of 0: an empty cell reads faster.
std::string countText(int count)
{
    return count > 0 ? twoDigits(static_cast<unsigned>(count)) : std::string();
}

Json linesOf(const std::string& text)
{
    Json lines = Json::array();
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

Json numbered(const Json& lines)
{
    Json list = Json::array();
    for (const Json& line : lines) {
        list.push_back({{"number", std::to_string(list.size() + 1)}, {"text", line}});
    }
    return list;
}

Json headValues(const PaperData& data)
{
    return {{"governingBody", linesOf(upperVietnamese(data.head.governingBody))},
            {"issuer", linesOf(upperVietnamese(data.head.issuer))},
            {"centre", linesOf(upperVietnamese(data.head.centre))},
            {"centreName", data.head.centre}, // a line end in it prints as a space
            {"place", data.head.place},
            {"numberSuffix", data.head.numberSuffix},
            {"contact", data.head.contact}};
}

Json authorisedValues(const PaperData& data)
{
    if (!data.authorised) {
        return false;
    }
    const AuthorisedPerson& person = *data.authorised;
    return {{"name", upperVietnamese(person.name)},
            {"nameAsWritten", person.name},
            {"address", person.address},
            {"personalId", person.personalId},
            {"phone", person.phone},
            {"email", person.email},
            {"paper", person.paper}};
}

Json componentValues(const PaperData& data)
{
    Json list = Json::array();
    for (const PaperComponent& component : data.components) {
        list.push_back({{"number", std::to_string(list.size() + 1)},
                        {"name", component.name},
                        {"evidence", evidenceText(component.evidence)},
                        {"originals", countText(component.originals)},
                        {"copies", countText(component.copies)}});
    }
    return list;
}

Json sectionValues(const PaperData& data)
{
    Json list = Json::array();
    for (const PaperSection& section : data.sections) {
        Json rows = Json::array();
        for (const PaperRow& row : section.rows) {
            rows.push_back({{"label", row.label}, {"value", row.value}});
        }
        list.push_back({{"title", section.title}, {"rows", std::move(rows)}});
    }
    return list;
}

Json feeValues(const PaperData& data)
{
    if (data.fees.empty()) {
        return false;
    }
    Json lines = Json::array();
    std::int64_t total = 0;
    for (const PaperFee& fee : data.fees) {
        total += fee.amount;
        std::string figure = dongOnPaper(fee.amount);
        lines.push_back({{"number", std::to_string(lines.size() + 1)},
                         {"text", fee.text},
                         {"amount", std::move(figure)}});
    }
    return {{"lines", std::move(lines)}, {"total", dongOnPaper(total)},
            {"isFree", total == 0},      {"inWords", amountInWords(total, data.words)},
            {"isPaid", data.isPaid},     {"paidAt", timeOrNothing(data.paidAt)}};
}

} // namespace

std::string longDay(Instant instant)
{
    const Day day = dayInVietnam(instant);
    const auto month = static_cast<unsigned>(day.month());
    return "ngày " + twoDigits(static_cast<unsigned>(day.day())) + " tháng " +
           (month <= 2 ? twoDigits(month) : std::to_string(month)) + " năm " +
           std::to_string(static_cast<int>(day.year()));
}

std::string dongOnPaper(std::int64_t amount)
{
    return formatDong(amount) + "ồng"; // formatDong ends in "đ"
}

Json templateValues(const PaperData& data)
{
    Json applicant = {{"name", upperVietnamese(data.applicant.name)},
                      {"nameAsWritten", data.applicant.name},
                      {"personalId", data.applicant.personalId},
                      {"address", data.applicant.address},
                      {"phone", data.applicant.phone},
                      {"email", data.applicant.email}};
    Json values = {{"head", headValues(data)},
                   {"code", data.code},
                   {"officialCode", data.officialCode},
                   {"procedureCode", data.procedureCode},
                   {"procedureName", data.procedureName},
                   {"byPost", data.returnBy == "post"},
                   {"isOnline", data.channel == "online"},
                   {"applicant", std::move(applicant)},
                   {"authorised", authorisedValues(data)},
                   {"sections", sectionValues(data)},
                   {"components", componentValues(data)},
                   {"fees", feeValues(data)},
                   {"receiptNo", data.receiptNo},
                   {"term", data.term},
                   {"receivedAt", timeOrNothing(data.receivedAt)},
                   {"dueAt", timeOrNothing(data.dueAt)},
                   {"today", longDay(data.printedAt)},
                   {"printedAt", toDisplayTime(data.printedAt)},
                   {"official", data.official},
                   {"paperNumber", data.paperNumber},
                   {"bookVolume", data.bookVolume},
                   {"bookNumber", data.bookNumber},
                   {"note", data.note},
                   {"reason", linesOf(data.reason)},
                   {"reasons", numbered(linesOf(data.reason))},
                   {"hasPapers", !data.components.empty()},
                   {"sets", twoDigits(static_cast<unsigned>(data.sets))},
                   {"sheets", data.sheets},
                   {"copy", {{"number", "1"}, {"label", ""}, {"several", false}}}};
    if (data.more.is_object()) {
        values.update(data.more);
    }
    return values;
}

PaperData samplePaperData(const std::string& paper)
{
    PaperData data;
    data.paper = paper;
    data.head = PaperHead{"UBND xã Phúc Thọ",  "Trung tâm Phục vụ hành chính công", "Phúc Thọ", "TTPVHCC",
                          "ĐT: 024 3364 0000", "Ủy ban nhân dân\nxã Phúc Thọ"};
    data.code = "H26.131-261121-1001";
    data.officialCode = "G22.99.01-261121-000123";
    data.procedureCode = "2.000635";
    data.procedureName = "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh";
    data.channel = "counter";
    data.returnBy = "post";
    data.applicant = PaperApplicant{"Nguyễn Thị Lan", "001184000123", "Thôn 2, xã Phúc Thọ, thành phố Hà Nội",
                                    "0912 345 678", "lan@example.vn"};
    data.authorised = AuthorisedPerson{"Nguyễn Văn An", "Thôn 1, xã Phúc Thọ, thành phố Hà Nội",
                                       "001084000456",  "0987 654 321",
                                       "an@example.vn", "Giấy ủy quyền ngày 20/11/2026"};
    data.sections = {PaperSection{"Người yêu cầu", {PaperRow{"Họ, chữ đệm, tên", "NGUYỄN THỊ LAN"}}}};
    data.components = {PaperComponent{"Tờ khai cấp bản sao trích lục", "handed-in", 1, 0}};
    data.fees = {PaperFee{"Bản sao trích lục hộ tịch, 02 bản", 16'000}};
    data.isPaid = true;
    data.receiptNo = "0000123";
    data.term = "Trong ngày";
    data.receivedAt = instantInVietnam(Day{std::chrono::year{2026} / 11 / 21}, std::chrono::hours{9});
    data.paidAt = data.receivedAt;
    data.dueAt = *data.receivedAt + std::chrono::minutes{450};
    data.printedAt = *data.receivedAt;
    data.official = "Trần Thị Hoa";
    data.paperNumber = "1001";
    data.bookVolume = "01";
    data.bookNumber = "1001";
    data.note = "Ghi chú";
    data.reason = "Không thuộc thẩm quyền giải quyết.";
    return data;
}

} // namespace motcua
