// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue as in force on a day. Needs no register.
#include "app/cli/command.h"
#include "app/cli/procedures.h"
#include "app/cli/rows.h"
#include "core/dossier/rule_cases.h"

namespace motcua::cli {

namespace {

Reply<Day> dayOf(Session& session, const Arguments& arguments)
{
    const auto on = TRY(arguments.day("on"));
    return on ? *on : dayInVietnam(TRY(session.now(arguments)));
}

Json procedureJson(const Catalogue& catalogue, const Procedure& procedure, Day on)
{
    return procedureToJson(procedure, catalogue.form(procedure, on), on);
}

/// `from`: whose word it is, "city" or "program".
Json catalogueJson(const CatalogueInForce& inForce)
{
    return {{"version", inForce.catalogue->version()},
            {"from", inForce.since ? "city" : "program"},
            {"since", instantOrNull(inForce.since)}};
}

Reply<Outcome> runProcedureList(Session& session, const Arguments& arguments)
{
    const Day on = TRY(dayOf(session, arguments));
    const auto catalogue = TRY(session.catalogue(arguments));
    Outcome outcome;
    Json list = Json::array();
    for (const Procedure* procedure : catalogue->procedures(on)) {
        list.push_back(procedureJson(*catalogue, *procedure, on));
        addLine(outcome.text, procedure->code + "  " + procedure->name + "  (" + procedure->field + ")");
    }
    addLine(outcome.text, catalogueWords(catalogue.inForce));
    outcome.document = {{"procedures", std::move(list)},
                        {"version", catalogue->version()},
                        {"catalogue", catalogueJson(catalogue.inForce)}};
    outcome.message = catalogue.note;
    return outcome;
}

std::string evidenceLabel(Evidence evidence)
{
    switch (evidence) {
    case Evidence::HandedIn:
        return "nộp";
    case Evidence::Shown:
        return "xuất trình";
    case Evidence::LookedUp:
        return "tra cứu";
    }
    return "";
}

std::string procedureText(const Procedure& procedure, Day on)
{
    std::string text = procedure.code + "  " + procedure.name;
    addLine(text, "Lĩnh vực: " + procedure.field);
    addLine(text, "Thời hạn: " + termText(procedure.term.span));
    for (const Variant& variant : procedure.variants) {
        addLine(text, "  " + variant.name + ": " + termText(variant.term.span));
    }
    addLine(text, "Thành phần hồ sơ:");
    for (const Paper& paper : procedure.papers) {
        addLine(text, "  - " + paper.name + " (" + evidenceLabel(paper.evidence) +
                          (paper.required       ? ""
                           : paper.when.empty() ? ", không bắt buộc"
                                                : ", " + paper.when) +
                          ")");
    }
    for (const std::string& step : procedure.steps) {
        addLine(text, "  " + step);
    }
    addLine(text, "Kết quả: " + procedure.result);
    for (const std::string& note : procedure.notesOn(on)) {
        addLine(text, "Lưu ý: " + note);
    }
    return text;
}

Reply<Outcome> runProcedureShow(Session& session, const Arguments& arguments)
{
    const Day on = TRY(dayOf(session, arguments));
    const auto catalogue = TRY(session.catalogue(arguments));
    const Procedure* procedure = TRY(procedureOn(*catalogue, arguments.words().front(), on));
    Outcome outcome;
    outcome.document = procedureJson(*catalogue, *procedure, on);
    outcome.document["catalogue"] = catalogueJson(catalogue.inForce);
    outcome.text = procedureText(*procedure, on);
    addLine(outcome.text, catalogueWords(catalogue.inForce));
    outcome.message = catalogue.note;
    return outcome;
}

Json ruleJson(const RuleRow& row, const Calendar& calendar)
{
    const FormRule& rule = *row.rule;
    const std::string fault = faultOfCases(*row.form, rule, calendar);
    Json json{{"id", row.id},
              {"form", row.form->id},
              {"severity", rule.severity == Severity::Hard ? "hard" : "soft"},
              {"message", rule.message},
              {"source", rule.source},
              {"pointers", rule.pointers},
              {"passes", rule.passes},
              {"fails", rule.fails},
              {"proven", fault.empty()}};
    if (!fault.empty()) {
        json["fault"] = fault;
    }
    json["effectiveFrom"] = rule.effectiveFrom ? Json(toIsoDay(*rule.effectiveFrom)) : Json();
    json["effectiveTo"] = rule.effectiveTo ? Json(toIsoDay(*rule.effectiveTo)) : Json();
    return json;
}

/// The table of rules; exit 5 when a rule's two cases do not show it, so that a unit that wrote one of its
/// own finds out before a citizen does.
Reply<Outcome> runProcedureRules(Session& session, const Arguments& arguments)
{
    const auto catalogue = TRY(session.catalogue(arguments));
    Outcome outcome;
    Json list = Json::array();
    std::size_t proven = 0;
    for (const RuleRow& row : allRules(*catalogue)) {
        list.push_back(ruleJson(row, catalogue->calendar()));
        if (list.back()["proven"] == true) {
            ++proven;
        } else {
            addLine(outcome.message, row.id + " " + list.back()["fault"].get<std::string>());
        }
    }
    outcome.exit = proven == list.size() ? Exit::Done : Exit::Partly;
    outcome.text = ruleTable(*catalogue) + std::to_string(list.size()) + " quy tắc, " +
                   std::to_string(proven) + " quy tắc có đủ hai trường hợp chứng minh.";
    outcome.document = {{"rules", std::move(list)}, {"proven", proven}, {"version", catalogue->version()}};
    return outcome;
}

constexpr std::array kCommands{
    Command{
        "procedure list", "[--on NGÀY]", "Các thủ tục có hiệu lực ngày đó.", 0, 0, {"on"}, runProcedureList},
    Command{"procedure show",
            "MÃ [--on NGÀY]",
            "Một thủ tục: giấy tờ, thời hạn, lệ phí, biểu mẫu.",
            1,
            1,
            {"on"},
            runProcedureShow},
    Command{"procedure rules",
            "",
            "Bảng quy tắc của các tờ khai: căn cứ, trường hợp đúng, trường hợp sai.",
            0,
            0,
            {},
            runProcedureRules},
};

} // namespace

std::span<const Command> catalogueCommands()
{
    return kCommands;
}

} // namespace motcua::cli
