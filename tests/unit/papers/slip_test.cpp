// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_output.h"
#include "core/papers/paper_templates.h"
#include "paper_samples.h"

#include <catch2/catch.hpp>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

using namespace motcua;
using namespace motcua::test;

namespace {

LaidOutPaper laidOut(const PaperRequest& request)
{
    const auto data = paperDataFor(request);
    REQUIRE(data);
    const auto paper = layOut(*data, PaperTemplates());
    if (!paper) {
        FAIL(paper.error().detail);
    }
    return *paper;
}

std::string pdfText(const LaidOutPaper& paper)
{
    const auto pdf = toPdf(paper, fromMillis(0));
    REQUIRE(pdf);
    return textOf(*pdf);
}

std::string decoded(const LaidOutPaper& paper, ZXing::BarcodeFormat format)
{
    const QImage image = paper.renderPage(0, 200).convertToFormat(QImage::Format_Grayscale8);
    ZXing::DecodeHints hints;
    hints.setFormats(format).setTryHarder(true);
    const ZXing::ImageView view(image.constBits(), image.width(), image.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(image.bytesPerLine()));
    return ZXing::ReadBarcode(view, hints).text();
}

/// That the parts stand in the text one after the other.
void checkOrder(const std::string& text, const std::vector<std::string>& parts)
{
    std::size_t at = 0;
    for (const std::string& part : parts) {
        INFO(part);
        const auto found = text.find(part, at);
        REQUIRE(found != std::string::npos);
        at = found + part.size();
    }
}

} // namespace

TEST_CASE("the slip says everything that form 01 asks for, in its order, on both copies")
{
    const LaidOutPaper paper = laidOut(birthRequest("slip"));
    const std::string text = pdfText(paper);

    CHECK(paper.title() == QStringLiteral("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"));
    CHECK(paper.copyCount() == 2);
    CHECK(paper.pageCount() == 2);
    for (const char* head :
         {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND XÃ PHÚC THỌ",
          "Số: 1001/TNHS-TTPVHCC", "Phúc Thọ, ngày 21 tháng 11 năm 2026"}) {
        CHECK(count(text, head) == 2);
    }
    checkOrder(text, {"GIẤY TIẾP NHẬN HỒ SƠ",
                      "VÀ HẸN TRẢ KẾT QUẢ",
                      "Mã hồ sơ: H26.131-261121-1001",
                      "Trung tâm Phục vụ hành chính công xã Phúc Thọ",
                      "Tiếp nhận hồ sơ của: NGUYỄN THỊ ƯỞNG",
                      "Số định danh cá nhân: 001184000123",
                      "Địa chỉ: Thôn Vân Cốc, xã Phúc Thọ, thành phố Hà Nội",
                      "Số điện thoại: 0912 345 678",
                      "Email: uong.nguyen@example.vn",
                      "Nội dung yêu cầu giải quyết: Đăng ký khai sinh (mã thủ tục 1.001193)",
                      "Thành phần hồ sơ nộp gồm:",
                      "Tờ khai đăng ký khai sinh",
                      "Giấy chứng sinh số 01234.GCS.00567.26",
                      "Số lượng hồ sơ: 01 (bộ)",
                      "Thời gian giải quyết hồ sơ theo quy định: trong ngày",
                      "Thời gian nhận hồ sơ: 08:30 ngày 21/11/2026",
                      "Thời gian trả kết quả giải quyết hồ sơ: 16:30 ngày 23/11/2026",
                      "Đăng ký nhận kết quả: trực tiếp tại Trung tâm Phục vụ hành chính công xã Phúc Thọ",
                      "Vào Sổ theo dõi hồ sơ, quyển số: 01; số thứ tự: 1001",
                      "NGƯỜI NỘP HỒ SƠ",
                      "NGƯỜI TIẾP NHẬN HỒ SƠ",
                      "Trần Thị Hoa"});
    CHECK(count(text, "Liên 1") == 2); // the heading and the foot
    CHECK(count(text, "Liên 2") == 2);
    CHECK(contains(text, "Giao người nộp hồ sơ"));
    CHECK(contains(text, "Lưu cùng hồ sơ"));
}

TEST_CASE("the codes on the slip are read back")
{
    const LaidOutPaper paper = laidOut(birthRequest("slip"));

    CHECK(decoded(paper, ZXing::BarcodeFormat::Code128) == "H26.131-261121-1001");
    CHECK(decoded(paper, ZXing::BarcodeFormat::QRCode) == "H26.131-261121-1001");
}

TEST_CASE("the slip says what is owed and what was paid")
{
    PaperRequest request = copiesRequest("slip");
    CHECK(contains(
        pdfText(laidOut(request)),
        "Phí, lệ phí: 21.000 đồng (bằng chữ: Hai mươi mốt nghìn đồng), đã nộp, biên lai số 0000123"));

    request.dossier["fees"][0]["paidAt"] = nullptr;
    request.dossier["fees"][0]["receiptNo"] = nullptr;
    CHECK(contains(pdfText(laidOut(request)), "Hai mươi mốt nghìn đồng), chưa nộp"));
    CHECK(contains(pdfText(laidOut(birthRequest("slip"))), "Phí, lệ phí: không thu"));
}

TEST_CASE("the slip names who hands in for another, and the post")
{
    PaperRequest request = birthRequest("slip");
    request.authorised =
        AuthorisedPerson{"Đặng Văn Đức", "Thôn 1", "001082000456", "", "", "Giấy ủy quyền số 101"};
    request.dossier["returnBy"] = "post";
    const std::string text = pdfText(laidOut(request));

    checkOrder(text,
               {"Tiếp nhận hồ sơ của: NGUYỄN THỊ ƯỞNG", "Người được ủy quyền: ĐẶNG VĂN ĐỨC",
                "Số định danh cá nhân: 001082000456", "Địa chỉ: Thôn 1",
                "Văn bản ủy quyền: Giấy ủy quyền số 101", "qua dịch vụ bưu chính công ích", "Đặng Văn Đức"});
}

TEST_CASE("what is not known is left open to be written by hand")
{
    PaperRequest request = birthRequest("slip");
    request.dossier["dueAt"] = nullptr;
    request.dossier["applicant"] = {{"name", "Lan"}};
    request.bookVolume.clear();
    const std::string text = pdfText(laidOut(request));

    CHECK(contains(text, "Thời gian trả kết quả giải quyết hồ sơ: …… giờ …… phút"));
    CHECK(contains(text, "quyển số: ……"));
    CHECK(contains(text, "Tiếp nhận hồ sơ của: LAN"));
}

TEST_CASE("a slip without a code is not made")
{
    PaperRequest request = birthRequest("slip");
    request.dossier.erase("code");
    const auto paper = layOut(*paperDataFor(request), PaperTemplates());

    REQUIRE_FALSE(paper);
    CHECK(paper.error().kind == ErrorKind::Invalid);
}

TEST_CASE("a dossier with a moment that is none is refused")
{
    PaperRequest request = birthRequest("slip");
    request.dossier["dueAt"] = "mai";

    CHECK_FALSE(paperDataFor(request));
}

TEST_CASE("the check sheet shows each field as the citizen reads it, before there is a code")
{
    PaperRequest request = birthRequest("check-sheet");
    request.dossier.erase("code");
    request.dossier.erase("receivedAt");
    const LaidOutPaper paper = laidOut(request);
    const std::string text = pdfText(paper);

    CHECK(paper.copyCount() == 1);
    checkOrder(text,
               {"PHIẾU KIỂM TRA THÔNG TIN", "Đăng ký khai sinh", "Đề nghị ông/bà đọc kỹ", "Người yêu cầu",
                "Quan hệ với trẻ Mẹ", "Trẻ được khai sinh", "ĐẶNG NGUYỄN BẢO AN", "Ngày sinh 10/11/2026",
                "Ngày mười tháng mười một năm hai nghìn không trăm hai mươi sáu", "Cha", "ĐẶNG VĂN ĐỨC",
                "Giấy tờ đã nhận", "Giấy chứng sinh", "Nộp, 01 bản chính", "Tôi đã đọc", "Cần sửa",
                "không thay Giấy tiếp nhận hồ sơ"});
}

TEST_CASE("the collection slip gives the sum in words and does not pose as a receipt")
{
    const std::string text = pdfText(laidOut(copiesRequest("collection")));

    checkOrder(text, {"PHIẾU GHI THU PHÍ, LỆ PHÍ", "Phiếu ghi nội bộ, không thay biên lai",
                      "Mã hồ sơ: H26.131-261121-1001", "Người nộp tiền: NGUYỄN THỊ ƯỞNG", "21.000 đồng",
                      "Tổng cộng", "21.000 đồng", "Bằng chữ: Hai mươi mốt nghìn đồng",
                      "Thời điểm thu: 08:31 ngày 21/11/2026", "Biên lai thu phí, lệ phí số: 0000123"});
    CHECK_FALSE(contains(text, "BIÊN LAI"));
    CHECK_FALSE(contains(text, "Mẫu số"));
}

TEST_CASE("thirty papers go over pages with the head of the table again and the signatures not alone")
{
    PaperRequest request = birthRequest("slip");
    Json many = Json::array();
    for (int i = 1; i <= 45; ++i) {
        many.push_back(
            {{"name", "Giấy tờ thứ " + std::to_string(i)}, {"evidence", "handed-in"}, {"originals", 1}});
    }
    request.dossier["components"] = many;
    const LaidOutPaper paper = laidOut(request);
    const std::string text = pdfText(paper);

    CHECK(paper.pageCount() == 6);
    CHECK(count(text, "Hình thức") == 4); // a head on each of two pages of two copies
    CHECK(count(text, "Giấy tờ thứ 45") == 2);
    CHECK(count(text, "Vào Sổ theo dõi hồ sơ") == 2);
    CHECK(contains(text, "Mã hồ sơ: H26.131-261121-1001 · Liên 2"));
}
