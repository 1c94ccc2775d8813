// SPDX-License-Identifier: GPL-3.0-or-later
// Form 03: the paper that a citizen takes home instead of a slip.
#include "core/papers/paper_output.h"
#include "core/papers/paper_templates.h"
#include "paper_samples.h"

#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::test;

namespace {

PaperRequest refusalRequest(const std::string& reason)
{
    PaperRequest request = birthRequest("refusal");
    request.dossier["status"] = "refused";
    request.dossier["dueAt"] = nullptr;
    request.paperNumber.clear();
    request.reason = reason;
    return request;
}

std::string textOfPaper(const PaperRequest& request)
{
    const auto data = paperDataFor(request);
    REQUIRE(data);
    const auto paper = layOut(*data, PaperTemplates());
    if (!paper) {
        FAIL(paper.error().detail);
    }
    CHECK(paper->title() == QStringLiteral("Phiếu từ chối tiếp nhận, giải quyết hồ sơ"));
    CHECK(paper->copyCount() == 2);
    const auto pdf = toPdf(*paper, fromMillis(0));
    REQUIRE(pdf);
    return textOf(*pdf);
}

} // namespace

TEST_CASE("the refusal says who, what, and each line of why, in the order of form 03, on both copies")
{
    const std::string text =
        textOfPaper(refusalRequest("Trẻ đã được đăng ký khai sinh.\nNộp tại <b>Sở</b> & {{code}}."));

    std::size_t at = 0;
    for (const char* part :
         {"Số: ……/PTC-TTPVHCC", "PHIẾU TỪ CHỐI TIẾP NHẬN,", "GIẢI QUYẾT HỒ SƠ", "Hồ sơ của: NGUYỄN THỊ ƯỞNG",
          "Số định danh cá nhân: 001184000123", "Địa chỉ: Thôn Vân Cốc", "Số điện thoại: 0912 345 678",
          "Mã hồ sơ: H26.131-261121-1001", "Nội dung yêu cầu giải quyết: Đăng ký khai sinh", "với lý do",
          "Trẻ đã được đăng ký khai sinh.", "Nộp tại <b>Sở</b> & {{code}}.", "NGƯỜI NỘP HỒ SƠ",
          "NGƯỜI TIẾP NHẬN HỒ SƠ", "Trần Thị Hoa"}) {
        INFO(part << "\n" << text);
        const auto found = text.find(part, at);
        REQUIRE(found != std::string::npos);
        at = found;
    }
    CHECK(count(text, "Trẻ đã được đăng ký khai sinh.") == 2);
    CHECK_FALSE(contains(text, "hẹn"));
    CHECK_FALSE(contains(text, "lệ phí"));
}

TEST_CASE("a reason of two thousand letters goes over pages, and an unknown one is left open for the pen")
{
    std::string reason;
    for (int i = 0; i < 40; ++i) {
        reason += "Căn cứ khoản " + std::to_string(i) + " không đủ điều kiện.\n";
    }
    CHECK(count(textOfPaper(refusalRequest(reason)), "Căn cứ khoản 39 ") == 2);
    CHECK(contains(textOfPaper(refusalRequest({})), "với lý do cụ thể như sau: Xin"));
}
