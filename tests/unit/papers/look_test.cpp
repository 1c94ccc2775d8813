// SPDX-License-Identifier: GPL-3.0-or-later
// Hidden: writes papers into the folder named by MOTCUA_LOOK, for people to look at.
#include "core/base/file.h"
#include "core/papers/paper_output.h"
#include "core/papers/paper_templates.h"
#include "paper_samples.h"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace motcua;

namespace {

PaperRequest longRequest(const std::string& paper)
{
    PaperRequest request = test::copiesRequest(paper);
    request.dossier["applicant"]["name"] = "Công Tằng Tôn Nữ Thị Huyền Trân Nguyễn Phúc Bảo Hoàng Thiên "
                                           "Hương Giang Thùy Dương Ngọc Lan Khuê Tú Quỳnh Phương Thảo Nguyên";
    request.dossier["applicant"]["address"] =
        "Số nhà 27, ngách 15/48, ngõ 215 đường Nguyễn Trãi kéo dài, tổ dân phố số 17, khu đô thị mới Vân "
        "Canh – Phúc Thọ giai đoạn 2, nay là thôn Vân Cốc (trước ngày 01/7/2025 là xã Vân Phúc, huyện Phúc "
        "Thọ), xã Phúc Thọ, thành phố Hà Nội, nước Cộng hòa xã hội chủ nghĩa Việt Nam";
    Json components = Json::array();
    for (int i = 1; i <= 30; ++i) {
        components.push_back(
            {{"code", "x"},
             {"name", i % 4 == 0 ? "Văn bản cam đoan chưa đăng ký khai sinh có xác nhận của ít nhất hai "
                                   "người làm chứng kèm bản sao giấy tờ cá nhân có nội dung liên quan"
                                 : "Bản sao giấy tờ tùy thân số " + std::to_string(i)},
             {"evidence", i % 3 == 0 ? "shown" : "handed-in"},
             {"originals", i % 2},
             {"copies", i % 5}});
    }
    request.dossier["components"] = components;
    request.authorised = AuthorisedPerson{"Đặng Văn Đức",
                                          "Thôn 1, xã Phúc Thọ, thành phố Hà Nội",
                                          "001084000456",
                                          "0987 654 321",
                                          "",
                                          "Giấy ủy quyền ngày 20/11/2026, chứng thực số 101"};
    return request;
}

PaperRequest hostileRequest(const std::string& paper)
{
    PaperRequest request = test::copiesRequest(paper);
    std::string zalgo = "NGUYỄN ";
    for (int i = 0; i < 200; ++i) {
        zalgo += "A\u0301\u0323\u0302\u0306\u0334";
    }
    request.dossier["applicant"]["name"] = zalgo;
    request.dossier["applicant"]["address"] =
        std::string(600, 'W') + " <img src=\"/etc/passwd\"> שלום \u202Edesrever 漢字 😀";
    request.dossier["components"][0]["name"] = std::string(3'000, 'x');
    request.sections = {{"Người yêu cầu", {{"Ghi chú", std::string(3'000, 'y')}, {"=1+1", "{{code}}"}}}};
    return request;
}

/// As little as a dossier can have.
PaperRequest openRequest(const std::string& paper)
{
    PaperRequest request = test::birthRequest(paper);
    request.dossier["applicant"] = {{"name", "Y"}};
    request.dossier["components"] = Json::array();
    request.dossier["dueAt"] = nullptr;
    request.fees.clear();
    request.term.clear();
    request.paperNumber.clear();
    request.bookVolume.clear();
    request.bookNumber.clear();
    request.head.contact.clear();
    request.authorised = AuthorisedPerson{"K'", "", "", "", "", ""};
    return request;
}

void write(const std::string& folder, const std::string& name, const PaperRequest& request,
           const Marking& marking = {})
{
    const auto data = paperDataFor(request);
    REQUIRE(data);
    const auto paper = layOut(*data, PaperTemplates(), marking);
    if (!paper) {
        FAIL(paper.error().detail);
    }
    REQUIRE(writePdf(*paper, data->printedAt, folder + "/" + name + ".pdf"));
}

} // namespace

TEST_CASE("papers are written for people to look at", "[.look]")
{
    const char* folder = std::getenv("MOTCUA_LOOK");
    REQUIRE(folder != nullptr);
    for (const std::string paper : {"slip", "check-sheet", "collection"}) {
        write(folder, paper, test::birthRequest(paper));
        write(folder, paper + "-copies", test::copiesRequest(paper));
        write(folder, paper + "-long", longRequest(paper), Marking{2, true});
        write(folder, paper + "-hostile", hostileRequest(paper));
        write(folder, paper + "-open", openRequest(paper));
    }
}
