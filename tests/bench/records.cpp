// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/records.h"

#include "core/base/check.h"
#include "core/dossier/draft.h"

#include <fstream>
#include <map>

namespace motcua::bench {

namespace {

std::map<std::string, std::string>& fields()
{
    // As the harness's generator names them.
    static std::map<std::string, std::string> known{
        {"1.001193", "Hộ tịch"},        {"1.000894", "Hộ tịch"},       {"1.000656", "Hộ tịch"},
        {"1.004873", "Hộ tịch"},        {"2.000635", "Hộ tịch"},       {"2.000815", "Chứng thực"},
        {"2.000884", "Chứng thực"},     {"2.001035", "Chứng thực"},    {"1.004884", "Hộ tịch"},
        {"1.012753", "Đất đai"},        {"1.012789", "Đất đai"},       {"1.001699", "Bảo trợ xã hội"},
        {"2.000286", "Bảo trợ xã hội"}, {"1.010833", "Người có công"}, {"1.001612", "Hộ kinh doanh"},
        {"1.003554", "Đất đai"}};
    return known;
}

/// The records' times are those of the wall in Viet Nam.
Json instantOf(const Json& record, const char* member)
{
    const std::string text = stringAt(record, member);
    if (text.empty()) {
        return nullptr;
    }
    const auto instant = parseRfc3339(text + "+07:00");
    require(instant.has_value(), "a record's time is readable");
    return toRfc3339(*instant);
}

std::string channelOf(const std::string& vietnamese)
{
    return vietnamese == "Trực tuyến" ? "online" : vietnamese == "Trực tiếp" ? "counter" : "post";
}

Json personOf(const Json& record)
{
    const std::string born = stringAt(record, "dob"); // yyyy-MM-dd
    return {{"name", stringAt(record, "name")},
            {"personalId", stringAt(record, "pid")},
            {"gender", stringAt(record, "gender") == "Nữ" ? "female" : "male"},
            {"birth",
             {{"text", born.substr(8, 2) + "/" + born.substr(5, 2) + "/" + born.substr(0, 4)},
              {"precision", "day"}}},
            {"address", stringAt(record, "addr")},
            {"phone", stringAt(record, "phone")}};
}

} // namespace

void eachRecord(const std::string& path, std::size_t count, const std::function<void(const Json&)>& take)
{
    std::ifstream file(path);
    require(static_cast<bool>(file), "the file of records opens");
    std::string line;
    for (std::size_t taken = 0; (count == 0 || taken < count) && std::getline(file, line); ++taken) {
        const auto record = parseJson(line);
        require(record.has_value(), "a record is JSON");
        take(*record);
    }
}

PulledChange changeOf(const Json& record, std::int64_t seq)
{
    const Json returned = instantOf(record, "returned_at");
    const bool waits = stringAt(record, "status") == "Chờ bổ sung";
    PulledChange change;
    change.seq = seq;
    change.uid = stringAt(record, "id");
    char rev[33];
    std::snprintf(rev, sizeof rev, "%032llx", static_cast<unsigned long long>(seq));
    change.rev = rev;
    change.by = stringAt(record, "official");
    change.dossier = {{"code", stringAt(record, "code")},
                      {"officialCode", nullptr},
                      {"procedure", stringAt(record, "proc")},
                      {"channel", channelOf(stringAt(record, "channel"))},
                      {"status", returned.is_string() ? "returned"
                                 : waits              ? "supplementing"
                                                      : "processing"},
                      {"receivedAt", instantOf(record, "received_at")},
                      {"dueAt", instantOf(record, "due_at")},
                      {"finishedAt", returned},
                      {"returnedAt", returned},
                      {"applicant", personOf(record)},
                      {"form", at(record, "form")},
                      {"fees", Json::array({{{"code", "phi"}, {"amount", at(record, "fee")}}})}};
    return change;
}

Json draftOf(const Json& record, const Catalogue& catalogue, Day on)
{
    static const char* const kProcedure = "1.001570";
    const Procedure* procedure = catalogue.find(kProcedure, on);
    require(procedure != nullptr, "the catalogue knows the procedure of the saves");
    std::string note;
    for (const Json& step : at(at(record, "form"), "history")) {
        note += stringAt(step, "at") + " " + stringAt(step, "step") + " " + stringAt(step, "by") + "; ";
    }
    for (const Json& paper : at(at(record, "form"), "papers")) {
        note += stringAt(paper, "name") + " " + stringAt(paper, "sha256") + "; ";
    }
    return {{"procedure", kProcedure},
            {"channel", "counter"},
            {"applicant", personOf(record)},
            {"components", fullChecklist(*procedure)},
            {"reasons", {{"/applicant/personalId", "Đã đối chiếu với thẻ"}}},
            {"form", {{"matter", stringAt(at(record, "form"), "purpose")}, {"note", note}}}};
}

FieldOf fieldsOfRecords()
{
    return [](const std::string& procedure, Day) {
        const auto found = fields().find(procedure);
        return found == fields().end() ? std::string("Khác") : found->second;
    };
}

Catalogue shippedCatalogue()
{
    auto catalogue = Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue");
    require(catalogue.has_value(), catalogue ? "" : catalogue.error().detail.c_str());
    return *catalogue;
}

} // namespace motcua::bench
