// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/courier/stick_answers.h"

#include <algorithm>

namespace motcua {

namespace {

void add(AnswerReport& sum, const AnswerReport& one)
{
    sum.acknowledged += one.acknowledged;
    sum.conflicts += one.conflicts;
    sum.refused += one.refused;
    sum.blocked += one.blocked;
    sum.unproven += one.unproven;
    sum.pulled += one.pulled;
    sum.unreadable += one.unreadable;
    sum.merged += one.merged;
    sum.filesHeld += one.filesHeld;
    sum.isRevoked = sum.isRevoked || one.isRevoked;
}

/// A later volume knows more of its own writing, and nothing of another.
void note(std::vector<StickAnswers::Writing>& writings, const AnswerReport& one)
{
    const auto known = std::find_if(writings.begin(), writings.end(),
                                    [&](const auto& writing) { return writing.set == one.set; });
    auto& writing = known == writings.end() ? writings.emplace_back() : *known;
    writing.set = one.set;
    writing.at = one.writtenAt;
    writing.missing = one.missing;
    writing.isWhole = one.isWhole;
}

void sumUp(StickAnswers& answers)
{
    answers.sum.isWhole = !answers.writings.empty();
    for (const auto& writing : answers.writings) {
        answers.sum.isWhole = answers.sum.isWhole && writing.isWhole;
        answers.sum.missing.insert(answers.sum.missing.end(), writing.missing.begin(), writing.missing.end());
    }
}

/// A stick that comes back still holds what went out, with all its scans: only what may be for us is copied.
/// Whoever changes the file after the glance gains nothing, because the copy is proven.
Result<AnswerReport> readFile(CourierIn& courier, Stick& stick, const std::string& file,
                              const std::string& privateFolder, const StickProgress& progress)
{
    const auto onStick = TRY(openOnStick(stick, file));
    TRY(courier.glance(*onStick));
    const auto copy = TRY(copyPrivately(stick, file, privateFolder, progress));
    return courier.read(*copy);
}

/// What says nothing of one file, but of this counter's own disk or of the person.
bool endsTheReading(const Error& error)
{
    const bool isStop = error.kind == ErrorKind::Refused && error.detail == kStopped;
    return isStop || error.kind == ErrorKind::Storage || error.kind == ErrorKind::Locked;
}

/// Volumes of one set differ in the number at their names' end.
bool isEarlier(const std::string& a, const std::string& b)
{
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

} // namespace

bool StickAnswers::isComplete() const
{
    return sum.isWhole && sum.missing.empty() && refused.empty();
}

Result<StickAnswers> readAnswers(CourierIn& courier, Stick& stick, std::vector<std::string> files,
                                 const std::string& privateFolder, const StickProgress& progress)
{
    std::sort(files.begin(), files.end(), isEarlier);
    StickAnswers answers;
    for (const std::string& file : files) {
        const auto report = readFile(courier, stick, file, privateFolder, progress);
        if (report) {
            ++answers.volumes;
            answers.repeated += report->isRepeated ? 1 : 0;
            add(answers.sum, *report);
            note(answers.writings, *report);
        } else if (endsTheReading(report.error())) {
            return tl::unexpected(report.error());
        } else if (report.error().kind == ErrorKind::WrongKey) {
            ++answers.others;
        } else {
            answers.refused.push_back({file, report.error()});
        }
    }
    sumUp(answers);
    return answers;
}

} // namespace motcua
