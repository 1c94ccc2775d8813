// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a line strictly, and as far as its name even when it breaks every rule.
#include "core/dossier/patch.h"
#include "core/dossier/schema_checker.h"
#include "sync/protocol/operation.h"

#include <array>

namespace motcua {

namespace {

using C = SchemaChecker;
using Member = SchemaChecker::Member;

void opId(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_string() || !splitOpId(value.get_ref<const std::string&>())) {
        c.add(pointer, "pattern", "Không phải mã của một việc.");
    }
}

void opIdOrNull(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_null()) {
        opId(c, value, pointer);
    }
}

void revOrNull(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_null() && (!value.is_string() || !isRev(value.get_ref<const std::string&>()))) {
        c.add(pointer, "pattern", "Không phải mã phiên bản.");
    }
}

void kind(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_string() || !parseOpKind(value.get_ref<const std::string&>())) {
        c.add(pointer, "enum", "Không có loại việc này.");
    }
}

void uid(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_string() || !isUid(value.get_ref<const std::string&>())) {
        c.add(pointer, "pattern", "Phải là UUID viết thường.");
    }
}

void chain(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_string() || !isLowerHex(value.get_ref<const std::string&>(), 64)) {
        c.add(pointer, "pattern", "Phải là 64 chữ số hệ 16 viết thường.");
    }
}

void schema(C& c, const Json& value, const std::string& pointer)
{
    if (value != Json(kOperationSchema)) {
        c.add(pointer, "enum", "Chỉ nhận lược đồ số 1.");
    }
}

void instant(C& c, const Json& value, const std::string& pointer)
{
    c.instant(value, pointer);
}

void official(C& c, const Json& value, const std::string& pointer)
{
    c.text(value, pointer, 120);
}

void body(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_object()) {
        c.add(pointer, "type", "Phải là một nhóm trường.");
    }
}

constexpr auto kRequired = SchemaChecker::Presence::Required;
constexpr std::array kMembers{
    Member{"op", kRequired, opId},           Member{"kind", kRequired, kind},
    Member{"uid", kRequired, uid},           Member{"after", kRequired, opIdOrNull},
    Member{"baseRev", kRequired, revOrNull}, Member{"supersedes", SchemaChecker::Presence::Optional, opId},
    Member{"at", kRequired, instant},        Member{"official", kRequired, official},
    Member{"schema", kRequired, schema},     Member{"chain", kRequired, chain},
    Member{"body", kRequired, body},
};

void append(Problems& problems, Problems more)
{
    problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
}

Problem problemAt(std::string pointer, const char* rule, std::string message)
{
    return {.pointer = std::move(pointer), .rule = rule, .message = std::move(message), .source = {}};
}

/// What the contract asks of a `received` beyond the Dossier's own schema.
void checkReceived(const Json& dossier, Problems& problems)
{
    append(problems, validateDossier(dossier, kContractRules, "/body"));
    const std::string status = stringAt(dossier, "status");
    if (status != "received" && status != "refused") {
        problems.push_back(
            problemAt("/body/status", "enum", "Hồ sơ mới chỉ có thể được tiếp nhận hoặc từ chối."));
    }
    for (const char* member : {"officialCode", "finishedAt", "returnedAt"}) {
        if (!at(dossier, member).is_null()) {
            problems.push_back(
                problemAt(std::string("/body/") + member, "null", "Hồ sơ mới chưa có giá trị này."));
        }
    }
}

void checkChanged(const Json& patch, Problems& problems)
{
    append(problems, validatePatchBody(patch, "/body"));
    if (!at(patch, "set").is_object()) {
        return;
    }
    for (Problem& problem : checkPatchPointers(at(patch, "set"))) {
        problem.pointer = "/body/set/" + pointerToken(problem.pointer);
        problems.push_back(std::move(problem));
    }
}

void checkCancelled(const Json& operation, Problems& problems)
{
    append(problems, validateCancelBody(at(operation, "body"), "/body"));
    for (const char* member : {"after", "baseRev"}) {
        if (!at(operation, member).is_null()) {
            problems.push_back(
                problemAt(std::string("/") + member, "null", "Việc rút lại không nối sau việc nào."));
        }
    }
    if (at(operation, "supersedes").is_null()) {
        problems.push_back(problemAt("/supersedes", "required", "Phải nói rút lại việc nào."));
    }
}

Problems problemsOf(const Json& json)
{
    SchemaChecker checker(kContractRules);
    checker.object(json, "", kMembers);
    Problems problems = checker.take();
    const auto opKind = parseOpKind(stringAt(json, "kind"));
    if (!opKind || !at(json, "body").is_object()) {
        return problems;
    }
    switch (*opKind) {
    case OpKind::Received:
        checkReceived(at(json, "body"), problems);
        break;
    case OpKind::Changed:
        checkChanged(at(json, "body"), problems);
        break;
    case OpKind::Moved:
        append(problems, validateMoveBody(at(json, "body"), "/body"));
        break;
    case OpKind::Cancelled:
        checkCancelled(json, problems);
        break;
    }
    for (const char* member : {"after", "supersedes"}) {
        if (at(json, member).is_string() && at(json, member) == at(json, "op")) {
            problems.push_back(
                problemAt(std::string("/") + member, "self", "Việc không thể nối sau chính nó."));
        }
    }
    return problems;
}

std::optional<OpId> opIdAt(const Json& json, std::string_view member)
{
    std::string text = stringAt(json, member);
    return splitOpId(text) ? std::optional(OpId(std::move(text))) : std::nullopt;
}

Operation operationOf(Json&& json)
{
    Operation operation;
    operation.op = OpId(stringAt(json, "op"));
    operation.kind = *parseOpKind(stringAt(json, "kind"));
    operation.uid = Uid(stringAt(json, "uid"));
    operation.after = opIdAt(json, "after");
    if (at(json, "baseRev").is_string()) {
        operation.baseRev = Rev(stringAt(json, "baseRev"));
    }
    operation.supersedes = opIdAt(json, "supersedes");
    operation.at = *parseRfc3339(stringAt(json, "at"));
    operation.official = stringAt(json, "official");
    operation.chain = stringAt(json, "chain");
    operation.body = std::move(json["body"]);
    return operation;
}

/// Collects the outermost texts of a line whose inside is not acceptable (a repeated member, too deep,
/// too many members). A repeated outermost member makes that member unreadable.
class OutermostTexts final : public nlohmann::json_sax<Json>
{
public:
    Json found = Json::object();

    bool null() override { return take(nullptr); }
    bool boolean(bool) override { return take(nullptr); }
    bool number_integer(std::int64_t) override { return take(nullptr); }
    bool number_unsigned(std::uint64_t) override { return take(nullptr); }
    bool number_float(double, const std::string&) override { return take(nullptr); }
    bool string(std::string& text) override { return take(text); }
    bool binary(Json::binary_t&) override { return false; }
    bool start_object(std::size_t) override
    {
        take(nullptr);
        ++m_depth;
        return true;
    }
    bool start_array(std::size_t) override
    {
        const bool inObject = m_depth > 0; // a line is an object
        take(nullptr);
        ++m_depth;
        return inObject;
    }
    bool end_object() override { return leave(); }
    bool end_array() override { return leave(); }
    bool key(std::string& name) override
    {
        m_key = m_depth == 1 ? name : std::string();
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override
    {
        return false;
    }

private:
    bool take(const Json& value)
    {
        if (m_depth == 1 && !m_key.empty()) {
            found[m_key] = found.contains(m_key) ? Json(nullptr) : value;
        }
        return m_depth > 0;
    }
    bool leave()
    {
        --m_depth;
        return true;
    }

    int m_depth = 0;
    std::string m_key;
};

void readNames(const Json& json, OperationLine& line)
{
    line.op = opIdAt(json, "op");
    line.after = opIdAt(json, "after");
    line.supersedes = opIdAt(json, "supersedes");
    line.isCancelling = stringAt(json, "kind") == opKindName(OpKind::Cancelled);
    if (std::string text = stringAt(json, "uid"); isUid(text)) {
        line.uid = Uid(std::move(text));
    }
    if (std::string text = stringAt(json, "chain"); isLowerHex(text, 64)) {
        line.chain = std::move(text);
    }
}

tl::unexpected<Problems> refused(const char* rule, const char* message)
{
    return tl::unexpected(Problems{problemAt("", rule, message)});
}

} // namespace

OperationLine readLine(std::string_view text)
{
    OperationLine line{.op = {},
                       .digest = digestOf(text),
                       .uid = {},
                       .after = {},
                       .supersedes = {},
                       .chain = {},
                       .operation = refused("json", "Dòng không phải JSON đúng quy định.")};
    line.isTooLarge = text.size() > kOperationBytesMax;
    auto json = parseJson(text);
    if (!json) {
        OutermostTexts texts;
        if (Json::sax_parse(text, &texts)) {
            readNames(texts.found, line);
        }
    } else {
        readNames(*json, line);
    }
    if (line.isTooLarge) {
        line.operation = refused("too-large", "Việc lớn quá 256 KiB.");
    } else if (json && text.find('\r') != std::string_view::npos) {
        line.operation = refused("json", "Dòng có ký tự về đầu dòng.");
    } else if (json) {
        Problems problems = problemsOf(*json);
        if (problems.empty()) {
            line.operation = operationOf(std::move(*json));
        } else {
            line.operation = tl::unexpected(std::move(problems));
        }
    }
    return line;
}

} // namespace motcua
