// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/outcome.h"

#include "app/common/error_text.h"

namespace motcua::cli {

namespace {

Exit exitOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
    case ErrorKind::NotFound:
    case ErrorKind::Refused:
    case ErrorKind::Duplicate:
        return Exit::Refused;
    case ErrorKind::WrongKey:
    case ErrorKind::Locked:
    case ErrorKind::Newer:
    case ErrorKind::Damaged:
    case ErrorKind::Foreign:
    case ErrorKind::Storage:
        return Exit::NotOpened;
    case ErrorKind::Network:
        return Exit::Portal;
    case ErrorKind::Unsupported:
        return Exit::Usage;
    }
    return Exit::Refused;
}

Json problemList(const std::string& rule, const std::string& sentence, const std::string& pointer = {})
{
    return {{"problems", Json::array({toJson(Problem{pointer, rule, sentence, Severity::Hard, {}})})}};
}

Json documentOf(const Error& error, const std::string& sentence)
{
    if (exitOf(error.kind) == Exit::Refused) {
        return problemList(std::string(errorName(error.kind)), sentence);
    }
    return {{"error", errorName(error.kind)}, {"message", sentence}, {"detail", error.detail}};
}

} // namespace

Failure::Failure(const Error& error)
    : exit(exitOf(error.kind)), document(documentOf(error, explain(error).sentence())),
      message(explain(error).sentence())
{}

Failure::Failure(const Refusal& refusal) : Failure(refusal.error)
{
    if (!refusal.problems.empty()) {
        exit = Exit::Refused;
        document = {{"problems", toJson(refusal.problems)}};
        message = "Chưa làm, chưa có gì được ghi. Sửa các điểm sau rồi làm lại:\n" + toText(refusal.problems);
    }
}

tl::unexpected<Failure> misuse(const std::string& sentence)
{
    return tl::unexpected(Failure(Exit::Usage, {{"error", "usage"}, {"message", sentence}}, sentence));
}

tl::unexpected<Failure> forbidden(const std::string& rule, const std::string& sentence,
                                  const std::string& pointer)
{
    return tl::unexpected(Failure(Exit::Refused, problemList(rule, sentence, pointer), sentence));
}

Failure notOpened(const Error& error)
{
    const std::string sentence = explainOpening(error).sentence();
    return {Exit::NotOpened,
            {{"error", errorName(error.kind)}, {"message", sentence}, {"detail", error.detail}},
            sentence};
}

Outcome toOutcome(Failure failure)
{
    Outcome outcome;
    outcome.exit = failure.exit;
    outcome.document = std::move(failure.document);
    outcome.message = std::move(failure.message);
    return outcome;
}

Json toJson(const Problem& problem)
{
    return {{"pointer", problem.pointer},
            {"rule", problem.rule},
            {"message", problem.message},
            {"severity", problem.severity == Severity::Hard ? "hard" : "soft"},
            {"source", problem.source}};
}

Json toJson(const Problems& problems)
{
    Json list = Json::array();
    for (const Problem& problem : problems) {
        list.push_back(toJson(problem));
    }
    return list;
}

std::string toText(const Problems& problems)
{
    std::string text;
    for (const Problem& problem : problems) {
        text += text.empty() ? "" : "\n";
        text += problem.severity == Severity::Hard ? "  ✗ " : "  ⚠ ";
        text += problem.message;
        text += problem.pointer.empty() ? "" : " [" + problem.pointer + "]";
        text += problem.source.empty() ? "" : " — " + problem.source;
    }
    return text;
}

} // namespace motcua::cli
