// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/files/file_name.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>
#include <fstream>

using namespace motcua;

namespace fs = std::filesystem;

TEST_CASE("a file is taken in under the last part of its path, with the suffix of what it is")
{
    const auto taken = [](std::string_view given) { return takenName(given, FileKind::Jpeg); };
    CHECK(taken("/home/lan/Giấy chứng sinh.jpg") == "Giấy chứng sinh.jpg");
    CHECK(taken("C:\\Quét\\trang 1.JPG") == "trang 1.JPG");
    CHECK(taken("ảnh.jpeg") == "ảnh.jpeg");
    CHECK(taken("màn hình.png") == "màn hình.jpg"); // it became a JPEG
    CHECK(taken("hợp đồng") == "hợp đồng.jpg");
    CHECK(taken("virus.pdf.exe") == "virus.pdf.exe.jpg");
    CHECK(taken("../../etc/passwd") == "passwd.jpg");
    CHECK(taken("") == "giay-to.jpg");
    CHECK(taken("///") == "giay-to.jpg");
    CHECK(taken(".jpg") == "giay-to.jpg");
    CHECK(taken("a\u202Egpj.exe") == "agpj.exe.jpg"); // no turning of the direction
    CHECK(taken("a\nb.jpg") == "a b.jpg");
    std::string longName;
    for (int i = 0; i < 300; ++i) {
        longName += "ệ";
    }
    const std::string cut = taken(longName + ".jpg");
    CHECK(cut.size() == 196 * 3 + 4); // 200 letters
    CHECK(cut.ends_with(".jpg"));
    CHECK(nfc(taken("gia\u0302\u0301y.jpg")) == "giấy.jpg");
}

TEST_CASE("names of every kind become paths inside the folder, and only inside")
{
    const TemporaryFolder home;
    const fs::path folder = home.path() / "xuất";
    fs::create_directories(folder);
    std::vector<std::string> names{"..",
                                   ".",
                                   "../x",
                                   "..\\..\\x",
                                   "/etc/passwd",
                                   "C:\\x",
                                   "C:x",
                                   "\\\\server\\share\\x",
                                   "a:b",
                                   "a:$DATA",
                                   "con",
                                   "CON.pdf",
                                   "nul",
                                   "aux.txt",
                                   "COM1",
                                   "com9.pdf",
                                   "LPT1.x",
                                   "COM¹",
                                   "x.",
                                   "x ",
                                   " x",
                                   "x. . .",
                                   "~",
                                   "-rf",
                                   "%2e%2e%2f",
                                   "a/b",
                                   "a|b",
                                   "a?b*c",
                                   "<a>\"b\"",
                                   "\x01\x1f\x7f",
                                   "\u202Efdp.exe",
                                   "\u200B",
                                   "\u2066x\u2069",
                                   "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
                                   "\xff\xfe",
                                   "\xc0\xae\xc0\xae/",
                                   std::string("a\0b", 3),
                                   std::string(500, 'a'),
                                   std::string(500, '.'),
                                   "ế",
                                   "e\u0302\u0301"};
    SeededRandom random(20261121);
    const std::string_view letters = "./\\:*?\"<>| ~.\x01\x7f"
                                     "aAẹ\u202e";
    while (names.size() < 500) {
        std::string name;
        for (auto left = random.below(40); left > 0; --left) {
            name += letters[random.below(letters.size())];
        }
        names.push_back(name);
    }
    for (const std::string& name : names) {
        CAPTURE(name);
        const std::string safe = exportName(name, FileKind::Pdf);
        CHECK(safe.size() <= 120);
        CHECK(safe.size() > 4);
        CHECK(safe.ends_with(".pdf"));
        CHECK(safe.find_first_of("/\\:*?\"<>|") == std::string::npos);
        CHECK(safe == tidyText(safe)); // form C, no control or bidi characters
        CHECK(safe.front() != '.');
        CHECK(safe.front() != ' ');
        const auto path = freePath(folder, name, FileKind::Pdf);
        REQUIRE(path);
        CHECK(path->parent_path() == folder);
        std::ofstream(*path) << "x";
        REQUIRE(fs::is_regular_file(*path));
    }
    std::size_t there = 0;
    for (const auto& file : fs::directory_iterator(folder)) {
        there += file.is_regular_file() ? 1U : 0U;
    }
    CHECK(there == names.size());
    std::size_t beside = 0;
    for ([[maybe_unused]] const auto& file : fs::directory_iterator(home.path())) {
        ++beside;
    }
    CHECK(beside == 1);
}

TEST_CASE("devices of other systems are no names, and nothing is written through a link")
{
    for (const char* name :
         {"con", "CON.pdf", "Nul.tar", "aux", "prn", "com1", "LPT9.pdf", "COM²", "CONIN$"}) {
        CHECK(exportName(name, FileKind::Pdf).starts_with("giay-to-"));
    }
    CHECK(exportName("comet", FileKind::Pdf) == "comet.pdf");
    CHECK(exportName("console", FileKind::Pdf) == "console.pdf");

    const TemporaryFolder home;
    fs::create_symlink("/nowhere", home.path() / "a.pdf");
    CHECK(freePath(home.path(), "a", FileKind::Pdf) == home.path() / "a (2).pdf");
}
