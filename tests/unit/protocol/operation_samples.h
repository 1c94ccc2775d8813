// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/operation.h"
#include "tests/unit/dossier/dossier_samples.h"

namespace motcua::test {

inline const std::string kInstall(32, 'a');

inline OpId opNumber(std::int64_t seq, const std::string& install = kInstall, std::int64_t epoch = 1)
{
    return makeOpId({install, epoch, seq});
}

inline Json aNewDossier(const std::string& code = "H26.131-261121-1001")
{
    Json dossier = aDossier();
    dossier["code"] = code;
    return dossier;
}

inline Operation anOperation(std::int64_t seq = 1)
{
    Operation operation;
    operation.op = opNumber(seq);
    operation.kind = OpKind::Received;
    operation.uid = Uid("0192f0c1-2b3c-7d4e-8f50-123456789abc");
    operation.at = *parseRfc3339("2026-11-21T01:02:03.000Z");
    operation.official = "lan";
    operation.chain = std::string(64, 'c');
    operation.body = aNewDossier();
    return operation;
}

} // namespace motcua::test
