// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/operation.h"

#include "core/base/hash.h"
#include "core/dossier/schema.h"

#include <array>

namespace motcua {

namespace {

struct KindName
{
    OpKind kind;
    std::string_view name;
};

constexpr std::array kKinds{
    KindName{OpKind::Received, "dossier.received"},
    KindName{OpKind::Changed, "dossier.changed"},
    KindName{OpKind::Moved, "dossier.moved"},
    KindName{OpKind::Cancelled, "dossier.cancelled"},
};

template<class T> Json textOrNull(const std::optional<T>& id)
{
    return id ? Json(id->text()) : Json(nullptr);
}

} // namespace

std::string_view opKindName(OpKind kind)
{
    return kKinds[static_cast<std::size_t>(kind)].name;
}

std::optional<OpKind> parseOpKind(std::string_view name)
{
    for (const KindName& entry : kKinds) {
        if (entry.name == name) {
            return entry.kind;
        }
    }
    return std::nullopt;
}

std::string composeLine(const Operation& operation)
{
    Json json{
        {"op", operation.op.text()},
        {"kind", opKindName(operation.kind)},
        {"uid", operation.uid.text()},
        {"after", textOrNull(operation.after)},
        {"baseRev", textOrNull(operation.baseRev)},
        {"at", toRfc3339(operation.at)},
        {"official", operation.official},
        {"schema", kOperationSchema},
        {"chain", operation.chain},
        {"body", operation.body},
    };
    if (operation.supersedes) {
        json["supersedes"] = operation.supersedes->text();
    }
    return dumpJson(json);
}

std::string digestOf(std::string_view line)
{
    return toHex(sha256(line));
}

tl::expected<Operation, Problems> parseOperation(std::string_view line)
{
    return readLine(line).operation;
}

} // namespace motcua
