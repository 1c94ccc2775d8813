// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/courier/stick_answers.h"

#include <algorithm>

namespace motcua {

namespace {

void add(AnswerReport& sum, const AnswerReport& one)
{
    sum.set = one.set;
    sum.acknowledged += one.acknowledged;
    sum.conflicts += one.conflicts;
    sum.refused += one.refused;
    sum.blocked += one.blocked;
    sum.unproven += one.unproven;
    sum.pulled += one.pulled;
    sum.unreadable += one.unreadable;
    sum.merged += one.merged;
    sum.filesHeld += one.filesHeld;
    sum.missing = one.missing;
    sum.isWhole = one.isWhole;
    sum.isRevoked = sum.isRevoked || one.isRevoked;
}

/// Volumes of one set differ in the number at their names' end.
bool isEarlier(const std::string& a, const std::string& b)
{
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

} // namespace

Result<StickAnswers> readAnswers(CourierIn& courier, Stick& stick, std::vector<std::string> files,
                                 const std::string& privateFolder, const StickProgress& progress)
{
    std::sort(files.begin(), files.end(), isEarlier);
    StickAnswers answers;
    for (const std::string& file : files) {
        const auto copy = copyPrivately(stick, file, privateFolder, progress);
        if (!copy) {
            if (copy.error().kind == ErrorKind::Refused && copy.error().detail == kStopped) {
                return tl::unexpected(copy.error());
            }
            answers.refused.push_back({file, copy.error()});
            continue;
        }
        const auto report = courier.read(**copy);
        if (report) {
            ++answers.volumes;
            answers.repeated += report->isRepeated ? 1 : 0;
            add(answers.sum, *report);
        } else if (report.error().kind == ErrorKind::Storage || report.error().kind == ErrorKind::Locked) {
            return tl::unexpected(report.error());
        } else if (report.error().kind == ErrorKind::WrongKey) {
            ++answers.others;
        } else {
            answers.refused.push_back({file, report.error()});
        }
    }
    return answers;
}

} // namespace motcua
