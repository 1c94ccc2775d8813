// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/print_snapshot.h"

#include "core/base/hash.h"
#include "core/base/json.h"

namespace motcua {

namespace {

constexpr int kVersion = 1;
constexpr JsonLimits kLimits{std::size_t{32} << 20, 8};

} // namespace

PrintSnapshot snapshotOf(const LaidOutPaper& paper)
{
    const Json snapshot = {{"version", kVersion},
                           {"name", paper.name()},
                           {"title", paper.title().toStdString()},
                           {"practice", paper.marking().practice},
                           {"markup", paper.markup()}};
    PrintSnapshot made;
    made.bytes = dumpJson(snapshot);
    made.sha256 = toHex(sha256(made.bytes));
    return made;
}

Result<LaidOutPaper> layOutAgain(std::string_view snapshotBytes, const Marking& marking)
{
    const auto snapshot = parseJson(snapshotBytes, kLimits);
    if (!snapshot || at(*snapshot, "version") != kVersion || !at(*snapshot, "markup").is_array()) {
        return fail(ErrorKind::Damaged, "the stored paper can't be read");
    }
    std::vector<std::string> markup;
    for (const Json& copy : at(*snapshot, "markup")) {
        if (!copy.is_string()) {
            return fail(ErrorKind::Damaged, "the stored paper can't be read");
        }
        markup.push_back(copy.get<std::string>());
    }
    Marking again = marking;
    again.practice = marking.practice || at(*snapshot, "practice") == true;
    return LaidOutPaper::create(stringAt(*snapshot, "name"), std::move(markup), again);
}

} // namespace motcua
