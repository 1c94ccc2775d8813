// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/dossier/checklist.h"
#include "core/dossier/draft_parts.h"
#include "core/dossier/patch.h"
#include "core/dossier/rules.h"
#include "core/dossier/schema.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

constexpr std::size_t kPathBytesMax = 4096;

const Paper* paperOf(const Procedure* procedure, const std::string& code)
{
    if (procedure == nullptr) {
        return nullptr;
    }
    const auto& papers = procedure->papers;
    const auto found =
        std::find_if(papers.begin(), papers.end(), [&](const Paper& paper) { return paper.code == code; });
    return found == papers.end() ? nullptr : &*found;
}

/// Takes a file that still has a local path out of the list.
void takeScan(const Json& file, const std::string& pointer, std::size_t component,
              std::vector<DraftScan>& scans, DraftContext& context)
{
    for (const auto& item : file.items()) {
        if (item.key() != "path" && item.key() != "name") {
            context.hard(pointer + "/" + pointerToken(item.key()), "unknown-member",
                         "Tệp chưa quét chỉ có \"path\" và \"name\".");
        }
    }
    const std::string path = stringAt(file, "path");
    if (path.empty() || path.size() > kPathBytesMax || path.find('\0') != std::string::npos) {
        context.hard(pointer + "/path", "path", "Đường dẫn tệp không dùng được.");
        return;
    }
    scans.push_back({component, path, tidyText(stringAt(file, "name")), pointer});
}

void tidyFiles(Json& component, const std::string& pointer, std::size_t index, std::vector<DraftScan>& scans,
               DraftContext& context)
{
    if (!at(component, "files").is_array()) {
        return;
    }
    Json kept = Json::array();
    for (std::size_t i = 0; i < component["files"].size(); ++i) {
        const Json& file = component["files"][i];
        if (file.is_object() && file.contains("path")) {
            takeScan(file, pointer + "/files/" + std::to_string(i), index, scans, context);
        } else {
            kept.push_back(file);
        }
    }
    component["files"] = std::move(kept);
}

/// Name, evidence and numbers from the catalogue where the draft leaves them out. Who says "handed in"
/// without a number means one.
void fillComponent(Json& component, const Procedure* procedure)
{
    for (const char* const member : {"code", "name"}) {
        if (at(component, member).is_string()) {
            component[member] = tidyText(stringAt(component, member));
        }
    }
    if (const Paper* const paper = paperOf(procedure, stringAt(component, "code"))) {
        if (stringAt(component, "name").empty() && !at(component, "name").is_structured()) {
            component["name"] = paper->name;
        }
        if (!component.contains("evidence")) {
            component["evidence"] = evidenceName(paper->evidence);
        }
    }
    const bool counted = component.contains("originals") || component.contains("copies");
    const bool handedIn = stringAt(component, "evidence", "handed-in") == "handed-in";
    component.emplace("originals", !counted && handedIn ? 1 : 0);
    component.emplace("copies", 0);
}

bool isHere(const Json& component)
{
    const auto number = [&](std::string_view name) {
        const Json& value = at(component, name);
        return value.is_number_integer() ? value.get<std::int64_t>() : 0;
    };
    return stringAt(component, "evidence", "handed-in") != "handed-in" ||
           number("originals") + number("copies") > 0;
}

bool hasPaper(const Json& components, const std::string& code)
{
    return components.is_array() &&
           std::any_of(components.begin(), components.end(), [&](const Json& component) {
               return stringAt(component, "code") == code && isHere(component);
           });
}

std::optional<Day> exactDay(const Json* date)
{
    if (date == nullptr) {
        return std::nullopt;
    }
    const auto span = spanOf(*date);
    return span && span->first == span->last ? std::optional<Day>{Day{span->first}} : std::nullopt;
}

/// A number of the form for the arithmetic; what is missing or no use counts as one, since the field's own
/// check has reported it.
int numberAt(const Json& dossier, const std::string& pointer)
{
    const Json* const value = pointer.empty() ? nullptr : findAt(dossier, pointer);
    if (value == nullptr || !value->is_number_integer()) {
        return 1;
    }
    constexpr std::int64_t kMost = 1'000'000;
    return static_cast<int>(std::clamp<std::int64_t>(value->get<std::int64_t>(), 1, kMost));
}

FeeQuery queryFor(const Json& dossier, const DraftContext& context)
{
    FeeQuery query;
    query.on = context.today;
    query.channel = stringAt(dossier, "channel", "counter");
    if (!context.form) {
        return query;
    }
    const FormInputs& inputs = context.form->inputs;
    query.pages = numberAt(dossier, inputs.pages);
    query.copies = numberAt(dossier, inputs.copies);
    query.count = numberAt(dossier, inputs.count);
    if (!inputs.event.empty()) {
        query.event = exactDay(findAt(dossier, inputs.event));
    }
    const Json* const waiver = inputs.waiver.empty() ? nullptr : findAt(dossier, inputs.waiver);
    query.waiver = waiver != nullptr && waiver->is_string() ? waiver->get<std::string>() : std::string();
    return query;
}

void join(std::string& text, const std::string& more)
{
    if (!more.empty()) {
        text += (text.empty() ? "" : " ") + more;
    }
}

/// What one code costs, added to the whole.
std::optional<std::int64_t> addFee(const std::string& code, const FeeQuery& query, Fee& whole,
                                   DraftContext& context)
{
    std::vector<FeeRule> rules;
    for (const FeeRule& rule : context.procedure->fees) {
        if (rule.code == code) {
            rules.push_back(rule);
        }
    }
    const auto fee = computeFee(rules, query, context.catalogue.calendar());
    if (!fee) {
        context.add({fee.error()});
        return std::nullopt;
    }
    whole.lines.insert(whole.lines.end(), fee->lines.begin(), fee->lines.end());
    join(whole.note, fee->note);
    if (fee->amount && whole.amount) {
        whole.amount = *whole.amount + *fee->amount;
    } else {
        whole.amount = std::nullopt;
    }
    return fee->amount;
}

struct CodeAmount
{
    std::string code;
    std::optional<std::int64_t> amount;
};

std::vector<CodeAmount> computedFees(const Json& dossier, Fee& whole, DraftContext& context)
{
    std::vector<CodeAmount> amounts;
    if (context.procedure == nullptr || context.procedure->fees.empty()) {
        return amounts;
    }
    whole.amount = 0;
    const FeeQuery query = queryFor(dossier, context);
    for (const FeeRule& rule : context.procedure->fees) {
        const bool done = std::any_of(amounts.begin(), amounts.end(),
                                      [&](const CodeAmount& other) { return other.code == rule.code; });
        if (!done) {
            amounts.push_back({rule.code, addFee(rule.code, query, whole, context)});
        }
    }
    return amounts;
}

/// One fee that the draft names, against what the tariff says.
void compareFee(Json& fee, const std::string& pointer, const std::vector<CodeAmount>& computed,
                DraftContext& context)
{
    const std::string code = stringAt(fee, "code");
    const auto own = std::find_if(computed.begin(), computed.end(),
                                  [&](const CodeAmount& other) { return other.code == code; });
    if (own == computed.end()) {
        context.soft(pointer + "/code", "fee-unknown", "Thủ tục này không có khoản thu \"" + code + "\".",
                     "Biểu phí trong danh mục");
    } else if (own->amount && !fee.contains("amount")) {
        fee["amount"] = *own->amount;
    } else if (own->amount && at(fee, "amount").is_number_integer() && fee["amount"] != *own->amount) {
        context.soft(pointer + "/amount", "fee-differs",
                     "Số tiền khác với mức tính theo biểu phí (" + formatDong(*own->amount) + ").",
                     "Biểu phí trong danh mục");
    }
    const auto paidAt = parseRfc3339(stringAt(fee, "paidAt"));
    if (paidAt && *paidAt > context.now) {
        context.hard(pointer + "/paidAt", "paid-in-future", "Thời điểm thu tiền sau thời điểm tiếp nhận.");
    }
}

} // namespace

Json checkComponents(const Json& components, std::vector<DraftScan>& scans, DraftContext& context)
{
    if (!components.is_array()) {
        return components;
    }
    Json tidy = components;
    std::set<std::string> codes;
    for (std::size_t i = 0; i < tidy.size(); ++i) {
        const std::string pointer = "/components/" + std::to_string(i);
        if (!tidy[i].is_object()) {
            continue; // the schema says so
        }
        std::erase_if(tidy[i].get_ref<Json::object_t&>(),
                      [](const auto& member) { return member.second.is_null(); });
        fillComponent(tidy[i], context.procedure);
        tidyFiles(tidy[i], pointer, i, scans, context);
        if (!codes.insert(stringAt(tidy[i], "code")).second) {
            context.hard(pointer + "/code", "paper-repeated", "Giấy tờ này đã có trong danh sách.");
        }
        if (!isHere(tidy[i])) {
            context.soft(pointer + "/originals", "paper-count",
                         "Giấy tờ nộp phải ghi số bản chính hoặc số bản sao.",
                         "TT 03/2025/TT-VPCP, mẫu số 01");
        }
    }
    return tidy;
}

Problems fileLimitProblems(const Json& dossier, std::size_t scans)
{
    std::size_t count = scans;
    std::int64_t bytes = 0;
    const Json& components = at(dossier, "components");
    for (std::size_t i = 0; components.is_array() && i < components.size(); ++i) {
        const Json& files = at(components[i], "files");
        for (std::size_t j = 0; files.is_array() && j < files.size(); ++j) {
            const Json& size = at(files[j], "size");
            // One that is no size, or beyond a file's own bound, the schema reports.
            const bool isSize = size.is_number_integer() && size.get<std::int64_t>() > 0 &&
                                size.get<std::int64_t>() <= kDossierFileBytesMax;
            bytes += isSize ? size.get<std::int64_t>() : 0;
            ++count;
        }
    }
    Problems problems;
    if (count > kDossierFilesMax) {
        problems.push_back({"/components",
                            "too-many-files",
                            "Hồ sơ có " + std::to_string(count) + " tệp, không được quá " +
                                std::to_string(kDossierFilesMax) + "; hãy ghép các trang vào một tệp PDF.",
                            Severity::Hard,
                            {}});
    }
    if (bytes > kDossierFileBytesMax) {
        problems.push_back({"/components",
                            "files-too-large",
                            "Các tệp của hồ sơ lớn tất cả " + std::to_string((bytes + (1 << 19)) >> 20) +
                                " MB, không được quá 60 MB; hãy quét lại ở 300 dpi hoặc bớt tệp.",
                            Severity::Hard,
                            {}});
    }
    return problems;
}

Asked isAsked(const Paper& paper, const Facts& facts)
{
    if (paper.shownWhen && evaluate(*paper.shownWhen, facts) == Truth::No) {
        return Asked::No;
    }
    const bool required =
        paper.required || (paper.requiredWhen && evaluate(*paper.requiredWhen, facts) == Truth::Yes);
    return required ? Asked::Required : Asked::Maybe;
}

void checkMissingPapers(const Json& dossier, DraftContext& context)
{
    if (context.procedure == nullptr) {
        return;
    }
    const Facts facts = factsOf(dossier, context);
    std::string names;
    for (const Paper& paper : context.procedure->papers) {
        if (isAsked(paper, facts) == Asked::Required && !hasPaper(at(dossier, "components"), paper.code)) {
            names += (names.empty() ? "" : "; ") + paper.name;
        }
    }
    if (!names.empty()) {
        context.soft("/components", "papers-missing", "Còn thiếu giấy tờ: " + names + ".",
                     "Thành phần hồ sơ của thủ tục " + context.procedure->code);
    }
}

Json checkFees(const Json& fees, const Json& dossier, Fee& fee, DraftContext& context)
{
    const std::vector<CodeAmount> computed = computedFees(dossier, fee, context);
    Json list = fees.is_null() ? Json::array() : fees;
    if (!list.is_array()) {
        return list;
    }
    std::set<std::string> named;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].is_object()) {
            continue; // the schema says so
        }
        named.insert(stringAt(list[i], "code"));
        if (context.procedure != nullptr) {
            compareFee(list[i], "/fees/" + std::to_string(i), computed, context);
        }
    }
    for (const CodeAmount& own : computed) {
        if (own.amount && named.count(own.code) == 0) {
            list.push_back({{"code", own.code}, {"amount", *own.amount}});
        }
    }
    return list;
}

Json fullChecklist(const Procedure& procedure)
{
    Json list = Json::array();
    for (const Paper& paper : procedure.papers) {
        if (paper.required) {
            list.push_back({{"code", paper.code},
                            {"name", paper.name},
                            {"evidence", evidenceName(paper.evidence)},
                            {"originals", paper.evidence == Evidence::HandedIn ? 1 : 0},
                            {"copies", 0}});
        }
    }
    return list;
}

} // namespace motcua
