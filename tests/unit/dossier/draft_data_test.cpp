// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/dossier/draft_samples.h"

using namespace motcua;
using namespace motcua::test;

namespace {

using Strings = std::vector<std::string>;

// A procedure that no line of C++ knows: renting out the commune's hall.
const char* const kProcedure = R"({
  "notes": {"local": "Thủ tục nội bộ của xã."},
  "procedures": [{
    "code": "9.000001", "name": "Cho mượn nhà văn hóa thôn", "field": "Văn hóa", "aliases": ["mượn hội trường"],
    "form": "hall", "term": {"n": 2, "unit": "working_day"}, "result": "Văn bản đồng ý",
    "papers": [{"code": "request", "name": "Đơn đề nghị", "evidence": "handed-in", "required": true},
               {"code": "licence", "name": "Giấy phép biểu diễn", "evidence": "shown",
                "requiredWhen": {"equal": ["/form/purpose", {"text": "biểu diễn"}]}}],
    "notes": ["local"], "sure": "verified", "effectiveFrom": "2026-01-01",
    "changes": [{"from": "2027-01-01", "term": {"n": 1, "unit": "working_day"}, "name": "Cho mượn nhà văn hóa"}]
  }]})";

const char* const kFees = R"({"fees": [
  {"procedure": "9.000001", "code": "hall", "name": "Tiền điện", "per": "case", "amount": 50000, "sure": "verified",
   "waivers": [{"name": "đám hiếu"}], "effectiveFrom": "2026-01-01"}]})";

const char* const kForm = R"({
  "id": "hall", "title": "Đơn mượn nhà văn hóa",
  "feeInputs": {"count": "/form/days", "waiver": "/form/waiver"},
  "sections": [
    {"title": "Người mượn", "fields": [
      {"pointer": "/applicant", "label": "Người mượn", "kind": "person", "required": true,
       "parts": {"name": "required", "phone": "required"}}]},
    {"title": "Việc", "fields": [
      {"pointer": "/form/purpose", "label": "Mục đích", "kind": "choice", "required": true,
       "choices": [{"value": "họp", "label": "Họp"}, {"value": "biểu diễn", "label": "Biểu diễn"}]},
      {"pointer": "/form/from", "label": "Từ ngày", "kind": "date", "required": true, "precision": "day"},
      {"pointer": "/form/days", "label": "Số ngày", "kind": "number", "required": true, "min": 1, "max": 30},
      {"pointer": "/form/deposit", "label": "Đặt cọc", "kind": "money"},
      {"pointer": "/form/sound", "label": "Dùng loa", "kind": "yes-no"},
      {"pointer": "/form/soundUntil", "label": "Loa đến giờ", "kind": "text",
       "requiredWhen": {"equal": ["/form/sound", true]}},
      {"pointer": "/form/waiver", "label": "Miễn", "kind": "choice", "choicesFrom": "waivers"}]}],
  "rules": [
    {"name": "notice", "severity": "hard", "pointers": ["/form/from"],
     "check": {"atLeast": [{"days": ["today", "/form/from"]}, 3]},
     "message": "Phải báo trước ít nhất 3 ngày.", "source": "Quy chế nhà văn hóa, Điều 4"},
    {"name": "long", "severity": "soft", "pointers": ["/form/days"],
     "when": {"equal": ["/form/purpose", {"text": "họp"}]}, "check": {"atMost": ["/form/days", 2]},
     "message": "Họp quá 2 ngày.", "source": "Quy chế nhà văn hóa, Điều 5"}]})";

Json hallDraft()
{
    return {{"procedure", "9.000001"},
            {"applicant", {{"name", "Vũ Văn Sơn"}, {"phone", "0912 345 678"}}},
            {"form", {{"purpose", "họp"}, {"from", date("24/11/2026")}, {"days", 2}, {"deposit", 100000}}},
            {"components", Json::array({{{"code", "request"}, {"originals", 1}, {"copies", 0}}})}};
}

Catalogue withHall(const EditableCatalogue& edited)
{
    edited.write("procedures-unit.json", kProcedure);
    edited.write("fees-unit.json", kFees);
    edited.write("forms/hall.json", kForm);
    auto loaded = Catalogue::load(edited.folder());
    INFO((loaded ? std::string() : loaded.error().detail));
    REQUIRE(loaded);
    return *loaded;
}

} // namespace

TEST_CASE("a new procedure with a form of its own is files only")
{
    const EditableCatalogue edited;
    const Catalogue withNew = withHall(edited);
    const auto problems = [&](const Json& draft) {
        return listed(checkDraft(draft, withNew, receipt()).problems);
    };

    const CheckedDraft checked = checkDraft(hallDraft(), withNew, receipt());

    CHECK(listed(checked.problems) == Strings{});
    CHECK(checked.dossier["fees"] == Json::array({{{"code", "hall"}, {"amount", 100000}}}));
    CHECK(checked.dossier["components"][0]["name"] == "Đơn đề nghị");
    CHECK(withNew.search("muon hoi truong", day(2026, 11, 21)).front()->code == "9.000001");

    Json draft = hallDraft();
    draft["applicant"].erase("phone");
    draft["form"]["from"] = date("23/11/2026");
    draft["form"]["days"] = 3;
    draft["form"]["sound"] = true;
    CHECK(problems(draft) == Strings{"hard required /applicant/phone", "hard required /form/soundUntil",
                                     "hard notice /form/from", "soft long /form/days"});

    draft = hallDraft();
    draft["form"]["purpose"] = "biểu diễn";
    draft["form"]["days"] = 3;
    CHECK(problems(draft) == Strings{"soft papers-missing /components"});
    draft["form"]["waiver"] = "đám hiếu";
    CHECK(checkDraft(draft, withNew, receipt()).dossier["fees"][0]["amount"] == 0);
}

TEST_CASE("its versions go by date, too")
{
    const EditableCatalogue edited;
    const Catalogue withNew = withHall(edited);
    const auto on = [&](Day day) { return withNew.find("9.000001", day); };

    CHECK(on(day(2025, 12, 31)) == nullptr);
    CHECK(on(day(2026, 12, 31))->term.span.n == 2);
    CHECK(on(day(2027, 1, 1))->term.span.n == 1);
    CHECK(on(day(2027, 1, 1))->name == "Cho mượn nhà văn hóa");
    CHECK(on(day(2027, 1, 1))->papers.size() == 2);
}

TEST_CASE("a form may change on a day while the procedure stays")
{
    const EditableCatalogue edited;
    Json first = Json::parse(kForm);
    first["effectiveTo"] = "2026-11-30";
    Json second = Json::parse(kForm);
    second["effectiveFrom"] = "2026-12-01";
    second["sections"][1]["fields"].push_back(
        {{"pointer", "/form/guests"}, {"label", "Số khách"}, {"kind", "number"}, {"required", true}});
    edited.write("procedures-unit.json", kProcedure);
    edited.write("forms/hall-1.json", first.dump());
    edited.write("forms/hall-2.json", second.dump());
    const auto loaded = Catalogue::load(edited.folder());
    INFO((loaded ? std::string() : loaded.error().detail));
    REQUIRE(loaded);

    Json draft = hallDraft();
    draft["form"]["from"] = date("24/12/2026");
    const auto on = [&](unsigned month, unsigned dayOfMonth) {
        const Instant now = instantInVietnam(day(2026, month, dayOfMonth), std::chrono::hours{9});
        return listed(checkDraft(draft, *loaded, now).problems);
    };

    CHECK(on(11, 30) == Strings{});
    CHECK(on(12, 1) == Strings{"hard required /form/guests"});
}
