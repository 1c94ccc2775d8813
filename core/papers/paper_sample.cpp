// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_sample.h"

#include "core/dossier/patch.h"
#include "core/papers/book_paper.h"
#include "core/papers/entry_values.h"
#include "core/papers/paper_events.h"

namespace motcua {

namespace {

/// Makes the objects on the way.
void placeAt(Json& root, const std::string& pointer, const Json& value)
{
    Json* place = &root;
    const auto tokens = pointerTokens(pointer);
    if (!tokens || tokens->empty()) {
        return;
    }
    for (const std::string& token : *tokens) {
        if (!place->is_object()) {
            *place = Json::object();
        }
        place = &(*place)[token];
    }
    *place = value;
}

constexpr int kMostNotes = 10;

std::string symbolOf(const PaperKind& kind)
{
    const std::string book = kind.books.empty() ? std::string() : kind.books.front();
    return book == "copies"        ? "SCT/BS"
           : book == "signatures"  ? "SCT/CK,ĐC"
           : book == "translators" ? "SCT/CKND"
                                   : "SCT/HĐ,GD";
}

Json sampleRegistration(const PaperKind& kind, SampleLength length)
{
    Json notes = Json::array();
    const bool isLong = length == SampleLength::Longest;
    for (int i = 0; i < (isLong ? kMostNotes : 1); ++i) {
        notes.push_back(
            {{"date", "2027-03-" + std::to_string(10 + i)},
             {"content", isLong ? "Thay đổi họ, chữ đệm, tên từ NGUYỄN PHÚC BẢO HOÀNG THIÊN HƯƠNG thành "
                                  "NGUYỄN PHÚC BẢO HOÀNG THIÊN HƯƠNG GIANG THÙY DƯƠNG NGỌC LAN KHUÊ"
                                : "Bổ sung số định danh cá nhân 001184000123"},
             {"basis", "Trích lục thay đổi hộ tịch số " + std::to_string(17 + i) + "/TLTĐ-CC ngày 10/3/2027"},
             {"signer", {{"name", "Đặng Văn Đức"}}}});
    }
    const std::string office = isLong
                                   ? "Ủy ban nhân dân đặc khu Lý Sơn – Cù Lao Chàm – Phú Quý, tỉnh Quảng Ngãi"
                                   : "Ủy ban nhân dân xã Phúc Thọ, thành phố Hà Nội";
    return {{"book", kind.books.empty() ? std::string("birth") : kind.books.front()},
            {"number", isLong ? 12'345 : 12},
            {"numberText", isLong ? "12345/2026" : "12/2026"},
            {"volume", 1},
            {"volumeText", "01/2026-" + symbolOf(kind)},
            {"year", 2026},
            {"registeredOn", "2026-11-21"},
            {"office", office},
            {"signer",
             {{"name", isLong ? "Nguyễn Phúc Bảo Hoàng Thiên Hương" : "Đặng Văn Đức"},
              {"title", isLong ? "Phó Giám đốc Trung tâm Phục vụ hành chính công" : "Phó Chủ tịch"}}},
            {"performer", "Trần Thị Hoa"},
            {"annotations", kind.use == PaperUse::Copy ? notes : Json::array()}};
}

std::string longest(FieldForm form)
{
    return longestSample(form).get<std::string>();
}

void lengthen(PaperData& data)
{
    data.head =
        PaperHead{"UBND thành phố Hà Nội", "Trung tâm Phục vụ hành chính công đặc khu\nCù Lao Chàm – Lý Sơn",
                  "Cù Lao Chàm – Lý Sơn",  "TTPVHCC",
                  data.head.contact,       "Ủy ban nhân dân đặc khu\nCù Lao Chàm – Lý Sơn"};
    data.procedureName =
        "Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc có yếu tố nước ngoài";
    data.applicant.name = longest(FieldForm::Name);
    data.applicant.address = longest(FieldForm::Place);
    data.authorised->name = longest(FieldForm::Name);
    data.authorised->address = longest(FieldForm::Place);
    data.components.clear();
    for (int i = 0; i < kMostNotes; ++i) {
        data.components.push_back(
            {"Văn bản cam đoan có xác nhận của ít nhất hai người làm chứng, kèm bản sao giấy tờ cá "
             "nhân có nội dung liên quan",
             i % 2 == 0 ? "handed-in" : "shown", 1, i});
    }
    data.reason = "Giấy chứng sinh không còn nguyên vẹn, không đọc được số định danh của người mẹ và ngày "
                  "cấp; đề nghị cơ "
                  "sở y tế cấp lại.\nChưa có văn bản cam đoan về việc sinh có xác nhận của người làm "
                  "chứng.\nTờ khai chưa "
                  "ghi quan hệ của người yêu cầu với trẻ.\nThiếu văn bản ủy quyền có chứng thực.";
    data.official = longest(FieldForm::Name);
}

PaperEvents sampleEvents(SampleLength length)
{
    PaperEvents events;
    const Instant start = instantInVietnam(Day{std::chrono::year{2026} / 11 / 21}, std::chrono::hours{9});
    events.at = start + std::chrono::hours{48};
    events.oldDue = start + std::chrono::hours{72};
    events.newDue = start + std::chrono::hours{120};
    const bool isLong = length == SampleLength::Longest;
    for (int i = 0; i < (isLong ? 8 : 2); ++i) {
        events.steps.push_back(
            {start + std::chrono::hours{24 * i}, i == 0 ? "Được tiếp nhận" : "Đang xử lý",
             isLong ? longest(FieldForm::Name) : "Trần Thị Hoa",
             isLong ? "Chuyển công chức tư pháp - hộ tịch tra cứu Cơ sở dữ liệu hộ tịch điện tử và xin ý "
                      "kiến Công an cấp xã về tình trạng cư trú của cha, mẹ trẻ"
                    : ""});
    }
    return events;
}

BookHead sampleHead(const PaperKind& kind, SampleLength length)
{
    BookHead head{kind.title, {}, "Ủy ban nhân dân xã Phúc Thọ", "từ 01/11/2026 đến 30/11/2026", 2026};
    if (length == SampleLength::Longest) {
        head.office = "Ủy ban nhân dân đặc khu Cù Lao Chàm – Lý Sơn – Phú Quý, tỉnh Quảng Ngãi";
    }
    if (kind.templateName == "book-table-page") {
        head.symbol = symbolOf(kind);
    }
    return head;
}

std::vector<TrackedDossier> sampleTracked(SampleLength length)
{
    const bool isLong = length == SampleLength::Longest;
    const TrackedDossier one{
        "H26.131-261121-1001",
        isLong ? "Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc có yếu tố nước "
                 "ngoài"
               : "Đăng ký khai sinh",
        isLong ? longest(FieldForm::Name) : "Nguyễn Thị Ưởng",
        isLong ? longest(FieldForm::Place) + "; 0912 345 678" : "Thôn Vân Cốc, xã Phúc Thọ; 0912 345 678",
        "UBND xã Phúc Thọ",
        "09:00 ngày 21/11/2026",
        "16:30 ngày 23/11/2026",
        "10:15 ngày 23/11/2026",
        "Nhận tại quầy"};
    return std::vector<TrackedDossier>(11, one);
}

Result<LaidOutPaper> sampleOfBook(const PaperKind& kind, SampleLength length, const PaperTemplates& templates)
{
    const BookHead head = sampleHead(kind, length);
    const std::vector<BookSheet> sheets = sampleBookSheets(kind, length == SampleLength::Longest);
    if (kind.templateName == "tracking-book") {
        return layOutTrackingBook(head, sampleTracked(length), sheets.front().chain, templates);
    }
    if (kind.templateName == "book-closing") {
        BookHead birth = head;
        birth.title = "Sổ đăng ký khai sinh";
        const BookClosing closing{2,
                                  215,
                                  212,
                                  37,
                                  3,
                                  14,
                                  Day{std::chrono::year{2026} / 12 / 31},
                                  "Trần Thị Hoa",
                                  sheets.front().chain};
        return layOutBook(kind, birth, {}, closing, templates);
    }
    return layOutBook(kind, head, sheets, {}, templates);
}

} // namespace

Json sampleContext(const PaperKind& kind, SampleLength length)
{
    Json context = Json::object();
    context["registration"] = sampleRegistration(kind, length);
    for (const PaperField* field : kind.fields()) {
        const Json value =
            length == SampleLength::Longest ? longestSample(field->form, field->sample) : field->sample;
        const Json* there = findAt(context, field->from.front());
        if (!value.is_null() && (there == nullptr || there->is_null())) {
            placeAt(context, field->from.front(), value);
        }
    }
    return context;
}

Result<PaperData> samplePaper(const PaperKind& kind, SampleLength length)
{
    PaperData data = samplePaperData(kind.name);
    data.templateName = kind.templateName;
    if (length == SampleLength::Longest) {
        lengthen(data);
    }
    data.sheets = static_cast<int>(std::max<std::int64_t>(1, kind.sheets));
    data.more = TRY(entryValues(kind, sampleContext(kind, length)));
    data.more.update(eventValues(sampleEvents(length)));
    return data;
}

Result<LaidOutPaper> sampleLaidOut(const PaperKind& kind, SampleLength length,
                                   const PaperTemplates& templates)
{
    if (kind.use == PaperUse::Book) {
        return sampleOfBook(kind, length, templates);
    }
    const PaperData data = TRY(samplePaper(kind, length));
    return layOut(data, templates);
}

} // namespace motcua
