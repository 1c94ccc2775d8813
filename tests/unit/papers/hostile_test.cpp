// SPDX-License-Identifier: GPL-3.0-or-later
// Row 7 of what must be shown: hostile text stays text on each paper, and nothing is read from the disk.
#include "core/papers/paper_output.h"
#include "core/papers/paper_templates.h"
#include "paper_samples.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace motcua;
using namespace motcua::test;

namespace {

const char* const kPapers[] = {"slip", "check-sheet", "collection"};

std::string repeated(const std::string& part, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i) {
        text += part;
    }
    return text;
}

/// The same hostile text in each place that somebody outside can fill.
PaperRequest everywhere(const std::string& paper, const std::string& text)
{
    PaperRequest request = copiesRequest(paper);
    for (const char* field : {"name", "personalId", "address", "phone", "email"}) {
        request.dossier["applicant"][field] = text;
    }
    request.dossier["components"][0]["name"] = text;
    request.dossier["fees"][0]["receiptNo"] = text;
    request.dossier["note"] = text;
    request.sections = {{text, {{text, text}}}};
    request.official = text;
    request.fees = {{text, 21'000}};
    request.authorised = AuthorisedPerson{text, text, text, text, text, text};
    return request;
}

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

} // namespace

TEST_CASE("markup, formulas, paths and template tags are printed as they were typed")
{
    const std::vector<std::string> payloads{"<img src=\"/etc/passwd\">",
                                            "<img src='file:///etc/hostname'/>",
                                            "</p></column><p>x",
                                            "<table><tr><td>",
                                            "<!ENTITY x SYSTEM>",
                                            "&lt;b&gt;&x;&#60;",
                                            "]]><!--",
                                            "{{code}}",
                                            "{{#fees}}",
                                            "{{>head}}",
                                            "{{{x}}}",
                                            "=HYPERLINK(\"http://x\")",
                                            "=cmd|'/C calc'!A0",
                                            "../../etc/passwd",
                                            "<script>alert(1)</script>",
                                            "%n%s%1%2",
                                            "\\u0000",
                                            "Robert');--"};
    std::string all;
    for (const std::string& payload : payloads) {
        all += payload + " ";
    }
    for (const std::string paper : kPapers) {
        PaperRequest request = everywhere(paper, all);
        request.dossier["applicant"]["name"] = "LAN"; // capitals would change the payloads
        const auto pdf = toPdf(laidOut(request), fromMillis(0));
        REQUIRE(pdf);
        std::string text = textOf(*pdf);
        text.erase(std::remove(text.begin(), text.end(), ' '),
                   text.end()); // lines may break within a payload
        for (std::string payload : payloads) {
            payload.erase(std::remove(payload.begin(), payload.end(), ' '), payload.end());
            INFO(paper << ": " << payload);
            CHECK(contains(text, payload));
        }
        CHECK_FALSE(contains(text, "root:"));
    }
}

TEST_CASE("no text breaks a layout or makes it endless")
{
    const std::string payload =
        GENERATE(repeated("a", 10'000), repeated("dài lê thê ", 900), repeated("W", 120),
                 "x" + repeated("\u0300", 10'000), repeated("a\u0301\u0323\u0302\u0306", 2'000),
                 repeated("\u202E", 500) + "An", "\u05D0\u05D1 שלום \u0627\u0644", "\u2067abc\u2069",
                 repeated("\n", 5'000), repeated("\U0001F600", 200), "漢字とかな", std::string("a\0b", 3),
                 "\xFF\xFE\xC0\x80", repeated("\u00A0", 300), "\uFDD0\uFDD1\uFFFC\uFFFF",
                 repeated("\u1112\u1161\u11ab", 300));
    for (const std::string paper : kPapers) {
        const LaidOutPaper laid = laidOut(everywhere(paper, payload));
        const auto pdf = toPdf(laid, fromMillis(0));

        INFO(paper << ", " << payload.size() << " bytes");
        CHECK(laid.pageCount() <= 60);
        REQUIRE(pdf);
        CHECK(contains(outputOf("pdfinfo FILE", *pdf), "Pages:"));
        CHECK_FALSE(laid.renderPage(0, 40).isNull());
    }
}

TEST_CASE("a bidi override does not turn the text of the paper around")
{
    PaperRequest request = birthRequest("slip");
    request.dossier["applicant"]["name"] = "NGUYỄN \u202EVĂN AN";
    const auto pdf = toPdf(laidOut(request), fromMillis(0));

    CHECK(contains(textOf(*pdf), "Tiếp nhận hồ sơ của: NGUYỄN VĂN AN"));
}

TEST_CASE("a code that no barcode can hold is an error and no crash")
{
    PaperRequest request = birthRequest("slip");
    request.dossier["code"] = repeated("Đ", 5'000);
    const auto paper = layOut(*paperDataFor(request), PaperTemplates());

    REQUIRE_FALSE(paper);
    CHECK(paper.error().kind == ErrorKind::Invalid);
}
