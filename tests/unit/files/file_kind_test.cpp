// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/files/file_kind.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

std::optional<FileFacts> factsOf(std::string_view bytes)
{
    MemorySource source(bytes);
    const auto facts = examineFile(source);
    REQUIRE(facts);
    return *facts;
}

std::string big(std::uint32_t value, int bytes)
{
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) {
        text += static_cast<char>(value >> (8 * i));
    }
    return text;
}

std::string pngOf(std::uint32_t width, std::uint32_t height, int depth = 8, int colour = 2,
                  const std::string& between = {})
{
    return "\x89PNG\r\n\x1a\n" + big(13, 4) + "IHDR" + big(width, 4) + big(height, 4) +
           static_cast<char>(depth) + static_cast<char>(colour) + std::string(3, '\0') + "crc!" + between +
           big(0, 4) + "IENDcrc!";
}

std::string jpegOf(std::uint32_t width, std::uint32_t height, int frame = 0xc0, int scans = 1,
                   const std::string& before = {})
{
    std::string jpeg = "\xff\xd8";
    jpeg += before;
    jpeg += "\xff";
    jpeg += static_cast<char>(frame);
    jpeg += big(11, 2) + "\x08" + big(height, 2) + big(width, 2) + "\x01\x01\x11" + std::string(1, '\0');
    for (int i = 0; i < scans; ++i) {
        jpeg += "\xff\xda" + big(3, 2) + "x" + std::string("data\xff\0more\xff\xd0rest", 17);
    }
    return jpeg + "\xff\xd9";
}

} // namespace

TEST_CASE("what a file is, its bytes say")
{
    const auto pdf = factsOf("%PDF-1.7\nwhatever\n%%EOF\n");
    REQUIRE(pdf);
    CHECK(pdf->kind == FileKind::Pdf);
    CHECK(pdf->isWhole);
    const auto jpeg = factsOf(jpegOf(640, 480));
    REQUIRE(jpeg);
    CHECK(jpeg->kind == FileKind::Jpeg);
    CHECK(jpeg->isWhole);
    CHECK(jpeg->width == 640);
    CHECK(jpeg->height == 480);
    CHECK_FALSE(jpeg->isProgressive);
    const auto png = factsOf(pngOf(12000, 9000));
    REQUIRE(png);
    CHECK(png->kind == FileKind::Png);
    CHECK(png->isWhole);
    CHECK(png->width == 12000);
    CHECK(png->height == 9000);
    CHECK(png->bitsPerPixel == 32);

    for (const char* other : {"", "%PD", "GIF89a", "II*\0", "<svg xmlns='http://www.w3.org/2000/svg'/>",
                              "PK\3\4", "\xff\xd8", "MZ", " %PDF-1.7", "\x89PNG\r\n\x1a"}) {
        CHECK_FALSE(factsOf(other));
    }
}

TEST_CASE("dots cost by how they are decoded")
{
    CHECK(factsOf(pngOf(1, 1, 1, 0))->bitsPerPixel == 8);
    CHECK(factsOf(pngOf(1, 1, 8, 3))->bitsPerPixel == 8);
    CHECK(factsOf(pngOf(1, 1, 16, 6))->bitsPerPixel == 64);
    CHECK(factsOf(pngOf(1, 1, 16, 0))->bitsPerPixel == 16);
    CHECK(factsOf(jpegOf(9, 9, 0xc2, 70))->isProgressive);
    CHECK(factsOf(jpegOf(9, 9, 0xc2, 70))->scans == 70);
}

TEST_CASE("a copy that broke off is not whole, wherever it did")
{
    const std::string comment = "\xff\xfe" + big(2 + 100, 2) + std::string(100, '\xd9');
    for (const std::string& whole :
         {jpegOf(640, 480, 0xc0, 3, comment), pngOf(5, 5, 8, 2, big(200, 4) + "IDAT" + std::string(204, 'x')),
          std::string("%PDF-1.4\n") + std::string(5000, 'x') + "\n%%EOF\n"}) {
        REQUIRE(factsOf(whole)->isWhole);
        for (std::size_t size = 8; size + 3 < whole.size(); size += 1 + size / 50) {
            const auto facts = factsOf(std::string_view(whole).substr(0, size));
            CHECK((!facts || !facts->isWhole));
        }
    }
    // What a phone puts behind the picture does no harm.
    CHECK(factsOf(jpegOf(640, 480) + std::string(100000, 'v'))->isWhole);
    // The end of the small picture inside the EXIF data is not the end of the picture.
    CHECK_FALSE(factsOf("\xff\xd8\xff\xe1" + big(2 + 4, 2) + "\xff\xd9\xff\xd9")->isWhole);
}

TEST_CASE("no bytes at all make reading go wrong")
{
    SeededRandom random(7);
    const std::vector<std::string> seeds{jpegOf(640, 480, 0xc2, 5), pngOf(100, 100), "%PDF-1.4\nx%%EOF"};
    for (int i = 0; i < 20000; ++i) {
        std::string bytes = seeds[random.below(seeds.size())];
        for (auto left = random.below(6); left > 0; --left) {
            bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
        }
        bytes.resize(random.below(bytes.size() + 1));
        MemorySource source(bytes);
        const auto facts = examineFile(source);
        REQUIRE(facts);
        if (*facts) {
            CHECK((*facts)->width >= -1);
        }
    }
}
