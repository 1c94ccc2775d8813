// SPDX-License-Identifier: GPL-3.0-or-later
#include "paper_samples.h"

#include "core/base/file.h"

#include <QTemporaryDir>
#include <array>
#include <cstdio>
#include <stdexcept>

namespace motcua::test {

namespace {

PaperHead phucTho()
{
    return PaperHead{
        "UBND xã Phúc Thọ",
        "Trung tâm Phục vụ\nhành chính công xã Phúc Thọ",
        "Phúc Thọ",
        "TTPVHCC",
        "Trung tâm Phục vụ hành chính công xã Phúc Thọ, điện thoại 024 3364 2118, làm việc 7:30–11:30 và "
        "13:30–17:00 từ thứ hai đến thứ sáu.",
        "Ủy ban nhân dân\nxã Phúc Thọ"};
}

Json person()
{
    return {{"name", "Nguyễn Thị Ưởng"},
            {"personalId", "001184000123"},
            {"birth", {{"text", "21/06/1984"}, {"precision", "day"}}},
            {"gender", "female"},
            {"address", "Thôn Vân Cốc, xã Phúc Thọ, thành phố Hà Nội"},
            {"phone", "0912 345 678"},
            {"email", "uong.nguyen@example.vn"}};
}

} // namespace

PaperRequest birthRequest(const std::string& paper)
{
    PaperRequest request;
    request.paper = paper;
    request.dossier = {{"code", "H26.131-261121-1001"},
                       {"procedure", "1.001193"},
                       {"channel", "counter"},
                       {"returnBy", "counter"},
                       {"status", "received"},
                       {"receivedAt", "2026-11-21T01:30:00.000Z"},
                       {"dueAt", "2026-11-23T09:30:00.000Z"},
                       {"applicant", person()},
                       {"form", Json::object()},
                       {"components",
                        {{{"code", "to-khai"},
                          {"name", "Tờ khai đăng ký khai sinh"},
                          {"evidence", "handed-in"},
                          {"originals", 1},
                          {"copies", 0}},
                         {{"code", "chung-sinh"},
                          {"name", "Giấy chứng sinh số 01234.GCS.00567.26"},
                          {"evidence", "handed-in"},
                          {"originals", 1},
                          {"copies", 0}},
                         {{"code", "cccd"},
                          {"name", "Căn cước công dân của người yêu cầu"},
                          {"evidence", "shown"},
                          {"originals", 1},
                          {"copies", 0}},
                         {{"code", "ket-hon"},
                          {"name", "Giấy chứng nhận kết hôn của cha mẹ"},
                          {"evidence", "looked-up"},
                          {"originals", 0},
                          {"copies", 0}}}},
                       {"fees", {{{"code", "khai-sinh"}, {"amount", 0}}}}};
    request.procedureName = "Đăng ký khai sinh";
    request.sections = {
        {"Người yêu cầu",
         {{"Họ, chữ đệm, tên", "NGUYỄN THỊ ƯỞNG"},
          {"Số định danh cá nhân", "001184000123"},
          {"Nơi cư trú", "Thôn Vân Cốc, xã Phúc Thọ, thành phố Hà Nội"},
          {"Quan hệ với trẻ", "Mẹ"}}},
        {"Trẻ được khai sinh",
         {{"Họ, chữ đệm, tên", "ĐẶNG NGUYỄN BẢO AN"},
          {"Ngày sinh", "10/11/2026"},
          {"Ngày sinh bằng chữ", "Ngày mười tháng mười một năm hai nghìn không trăm hai mươi sáu"},
          {"Giới tính", "Nữ"},
          {"Dân tộc", "Kinh"},
          {"Quốc tịch", "Việt Nam"},
          {"Nơi sinh", "Bệnh viện Đa khoa huyện Phúc Thọ, xã Phúc Thọ, thành phố Hà Nội"},
          {"Quê quán", "Xã Phúc Thọ, thành phố Hà Nội"}}},
        {"Mẹ",
         {{"Họ, chữ đệm, tên", "NGUYỄN THỊ ƯỞNG"},
          {"Năm sinh", "1984"},
          {"Dân tộc", "Kinh"},
          {"Quốc tịch", "Việt Nam"},
          {"Nơi cư trú", "Thôn Vân Cốc, xã Phúc Thọ, thành phố Hà Nội"}}},
        {"Cha",
         {{"Họ, chữ đệm, tên", "ĐẶNG VĂN ĐỨC"},
          {"Năm sinh", "1982"},
          {"Dân tộc", "Kinh"},
          {"Quốc tịch", "Việt Nam"},
          {"Nơi cư trú", "Thôn Vân Cốc, xã Phúc Thọ, thành phố Hà Nội"}}}};
    request.head = phucTho();
    request.official = "Trần Thị Hoa";
    request.term = "trong ngày";
    request.fees = {{"Lệ phí đăng ký khai sinh đúng hạn", 0}};
    request.printedAt = instantInVietnam(Day{std::chrono::year{2026} / 11 / 21}, std::chrono::minutes{511});
    request.paperNumber = "1001";
    request.bookVolume = "01";
    request.bookNumber = "1001";
    return request;
}

PaperRequest copiesRequest(const std::string& paper)
{
    PaperRequest request = birthRequest(paper);
    request.dossier["procedure"] = "2.000815";
    request.dossier["components"] = Json::array({{{"code", "ban-chinh"},
                                                  {"name", "Bằng tốt nghiệp đại học, 5 trang"},
                                                  {"evidence", "shown"},
                                                  {"originals", 1},
                                                  {"copies", 3}}});
    request.dossier["fees"] = Json::array({{{"code", "ban-sao"},
                                            {"amount", 21'000},
                                            {"paidAt", "2026-11-21T01:31:00.000Z"},
                                            {"receiptNo", "0000123"}}});
    request.procedureName = "Chứng thực bản sao từ bản chính giấy tờ, văn bản";
    request.fees = {
        {"Bản sao chứng thực: 5 trang × 3 bản; 2 trang đầu 2.000 đồng, từ trang 3 1.000 đồng", 21'000}};
    return request;
}

std::string outputOf(const std::string& command, const std::string& bytes)
{
    const QTemporaryDir folder;
    const std::string file = (folder.path() + QStringLiteral("/input")).toStdString();
    if (!writeFileDurably(file, bytes)) {
        throw std::runtime_error("no temporary file");
    }
    std::string line = command;
    line.replace(line.find("FILE"), 4, "'" + file + "'");
    std::FILE* pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) {
        throw std::runtime_error("cannot run " + line);
    }
    std::string output;
    std::array<char, 4096> part{};
    for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), pipe)) > 0;) {
        output.append(part.data(), got);
    }
    pclose(pipe);
    return output;
}

std::string textOf(const std::string& pdf)
{
    std::string text;
    for (const char c : outputOf("pdftotext FILE -", pdf)) {
        const bool isSpace = c == ' ' || c == '\n' || c == '\f' || c == '\t';
        if (!isSpace) {
            text += c;
        } else if (!text.empty() && text.back() != ' ') {
            text += ' ';
        }
    }
    return text;
}

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

int count(const std::string& text, const std::string& part)
{
    int found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

} // namespace motcua::test
