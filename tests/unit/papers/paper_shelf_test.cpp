// SPDX-License-Identifier: GPL-3.0-or-later
// Which paper a dossier can have, and what stands on it.
#include "core/base/file.h"
#include "core/catalogue/catalogue.h"
#include "core/papers/entry_values.h"
#include "core/papers/paper_sample.h"
#include "core/papers/paper_shelf.h"

#include <QTemporaryDir>
#include <catch2/catch.hpp>

using namespace motcua;

namespace {

constexpr Day kBefore{std::chrono::year{2027} / 2 / 28};
constexpr Day kAfter{std::chrono::year{2027} / 3 / 1};

const Calendar& calendar()
{
    static const Catalogue kCatalogue = Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue").value();
    return kCatalogue.calendar();
}

PaperShelf shelf()
{
    auto loaded = PaperShelf::load();
    INFO((loaded ? std::string() : loaded.error().detail));
    REQUIRE(loaded);
    return *loaded;
}

PaperSituation registered(const char* book)
{
    PaperSituation situation;
    situation.context = {{"form", Json::object()}, {"registration", {{"book", book}}}};
    situation.status = Status::Finished;
    situation.lawDay = kBefore;
    return situation;
}

std::set<std::string> offered(const PaperSituation& situation)
{
    std::set<std::string> names;
    const PaperShelf all = shelf();
    for (const PaperKind& kind : all.all()) {
        if (whyNot(kind, situation, calendar()).empty()) {
            names.insert(kind.name);
        }
    }
    return names;
}

Result<std::vector<PaperKind>> read(const std::string& text)
{
    const auto json = parseJson(text);
    REQUIRE(json);
    return paperKindsFromJson(Source(*json, "papers.json"));
}

} // namespace

TEST_CASE(
    "from the day of the new law the paper of a death has its new name; dossiers of before keep the old")
{
    const PaperShelf all = shelf();
    CHECK(all.find("death", kBefore)->title == "Trích lục khai tử");
    CHECK(all.find("death", kAfter)->title == "Giấy chứng tử");
    CHECK(all.find("death-copy", kBefore)->series == "TLKT-BS");
    CHECK(all.find("death-copy", kAfter)->sure == "carried-over");

    PaperSituation late = registered("death");
    CHECK(offered(late).contains("death"));
    for (const PaperKind& kind : all.all()) {
        if (kind.name == "death" && kind.effectiveFrom) {
            CHECK_FALSE(whyNot(kind, late, calendar()).empty());
        }
    }
}

TEST_CASE("a certificate needs its entry in the book, an original the dossier's own")
{
    PaperSituation draft = registered("birth");
    draft.context.erase("registration");
    CHECK_FALSE(offered(draft).contains("birth-certificate"));

    CHECK(offered(registered("birth")).contains("birth-certificate"));
    CHECK(offered(registered("birth")).contains("birth-certificate-stock"));
    CHECK(offered(registered("birth")).contains("birth-copy"));
    CHECK_FALSE(offered(registered("birth")).contains("marriage-certificate"));

    PaperSituation asked = registered("birth");
    asked.context["registration"]["asked"] = true;
    CHECK_FALSE(offered(asked).contains("birth-certificate"));
    CHECK(offered(asked).contains("birth-copy"));
}

TEST_CASE("one-stop papers follow what happened to the dossier")
{
    PaperSituation now = registered("birth");
    now.status = Status::Processing;
    CHECK_FALSE(offered(now).contains("supplement"));
    CHECK(offered(now).contains("control-slip"));
    now.events = {"supplementing", "extension"};
    CHECK(offered(now).contains("supplement"));
    CHECK(offered(now).contains("extension"));
    CHECK_FALSE(offered(now).contains("stop-notice"));
    now.status = Status::Refused;
    CHECK(offered(now).contains("refusal"));
    CHECK_FALSE(offered(now).contains("slip"));
}

TEST_CASE("what is changed decides the kind of extract")
{
    PaperSituation change = registered("change");
    change.context["form"] = {{"changeKind", "cải chính"}};
    CHECK(offered(change).contains("correction-extract"));
    CHECK_FALSE(offered(change).contains("change"));
    change.context["form"]["changeKind"] = "thay đổi";
    CHECK(offered(change).contains("change"));
}

TEST_CASE("values are written as papers write them")
{
    const auto text = [](FieldForm form, const Json& value) {
        PaperField field;
        field.from = {"/a"};
        field.form = form;
        return fieldText(field, {{"a", value}});
    };
    CHECK(text(FieldForm::Name, "Đặng thị ưởng") == "ĐẶNG THỊ ƯỞNG");
    CHECK(text(FieldForm::Date, {{"text", "06/1984"}, {"precision", "month"}}) == "06/1984");
    CHECK(text(FieldForm::DateWords, {{"text", "06/1984"}, {"precision", "month"}}) ==
          "Tháng sáu năm một nghìn chín trăm tám mươi bốn");
    CHECK(text(FieldForm::DateWords, {{"text", "10/11/2026"}, {"precision", "day"}}) ==
          "Ngày mười tháng mười một năm hai nghìn không trăm hai mươi sáu");
    CHECK(text(FieldForm::Year, {{"text", "21/06/1984"}, {"precision", "day"}}) == "1984");
    CHECK(text(FieldForm::LongDay, "2026-02-05") == "ngày 05 tháng 02 năm 2026");
    CHECK(text(FieldForm::LongDay, {{"text", "1984"}, {"precision", "year"}}) == "1984");
    CHECK(text(FieldForm::Time, "22:05") == "22 giờ 05 phút");
    CHECK(text(FieldForm::Gender, "female") == "Nữ");
    CHECK(text(FieldForm::Identity, "001184000123") == "Số định danh cá nhân 001184000123");
    CHECK(text(FieldForm::Identity, "012345678") == "Chứng minh nhân dân số 012345678");
    CHECK(text(FieldForm::Identity, "Hộ chiếu số N1") == "Hộ chiếu số N1");
    CHECK(text(FieldForm::Number, 7) == "07");
    CHECK(text(FieldForm::Date, nullptr).empty());
    CHECK(text(FieldForm::Date, {{"nonsense", 1}}).empty());
}

TEST_CASE("a paper without a value that it needs is not made, and says what is missing")
{
    const PaperShelf all = shelf();
    const PaperKind* kind = all.find("birth-certificate", kBefore);
    Json context = sampleContext(*kind, SampleLength::Ordinary);
    REQUIRE(entryValues(*kind, context));
    context["form"]["child"].erase("name");
    context["registration"].erase("registeredOn");

    const auto made = entryValues(*kind, context);

    REQUIRE_FALSE(made);
    CHECK(made.error().detail ==
          "Giấy khai sinh chưa in được vì thiếu: Họ, chữ đệm, tên; Ngày, tháng, năm đăng ký");
}

TEST_CASE("notes stand on copies only")
{
    const PaperShelf all = shelf();
    for (const char* name : {"birth-copy", "birth-certificate"}) {
        const PaperKind* kind = all.find(name, kBefore);
        Json context = sampleContext(*kind, SampleLength::Ordinary);
        context["registration"]["annotations"] = {{{"date", "2027-03-10"},
                                                   {"content", "Cải chính năm sinh của mẹ"},
                                                   {"basis", "TLCC số 3"},
                                                   {"signer", {{"name", "Đặng Văn Đức"}}}}};
        const auto values = entryValues(*kind, context);
        REQUIRE(values);
        CHECK(values->at("hasNotes") == (std::string(name) == "birth-copy"));
        CHECK(values->at("notes").at(0) ==
              "Ngày 10/03/2027: Cải chính năm sinh của mẹ (căn cứ TLCC số 3; người ký Đặng Văn Đức)");
    }
}

TEST_CASE("a unit's own description goes before the built-in one")
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    REQUIRE(writeFileDurably(path / "papers-unit.json",
                             R"({"papers": [{"name": "death", "title": "Trích lục của xã",
        "template": "extract", "use": "original", "books": ["death"], "sure": "verified"}]})"));

    const auto own = PaperShelf::load(path);

    REQUIRE(own);
    CHECK(own->find("death", kBefore)->title == "Trích lục của xã");
    CHECK(own->find("death", kAfter)->title == "Trích lục của xã");
    REQUIRE(writeFileDurably(path / "papers-unit.json", "{\"papers\": [{\"name\": \"a\"}]}"));
    CHECK(PaperShelf::load(path).error().detail.find("papers-unit.json#/papers/0") != std::string::npos);
}

TEST_CASE("descriptions are read strictly")
{
    for (const char* bad : {
             R"({"papers": [{"name": "a", "title": "b", "sure": "verified", "colour": 1}]})",
             R"({"papers": [{"name": "a", "title": "b", "sure": "verified", "blocks": ["none"]}]})",
             R"({"papers": [{"name": "a", "title": "b", "sure": "verified", "statuses": ["gone"]}]})",
             R"({"papers": [{"name": "a", "title": "b", "sure": "verified", "use": "art"}]})",
             R"({"papers": [{"name": "a", "title": "b", "sure": "verified", "sheets": 21}]})",
             R"({"papers": [{"name": "a", "title": "b", "sure": "verified",
                 "blocks": [{"lines": [{"name": "x", "from": ["form"]}]}]}]})",
             R"({"papers": [{"name": "a", "title": "b", "sure": "verified",
                 "blocks": [{"lines": [{"name": "x", "from": ["/a"], "as": "loud"}]}]}]})",
             R"({"papers": [{"name": "a", "title": "b", "sure": "verified",
                 "blocks": [{"lines": [{"name": "x", "from": ["/a"]}, {"name": "x", "from": ["/b"]}]}]}]})",
         }) {
        INFO(bad);
        CHECK_FALSE(read(bad));
    }
}
