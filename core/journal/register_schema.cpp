// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/register_schema.h"

#include "register_migrations.h"

namespace motcua {

namespace {

constexpr bool strictlyIncreasing()
{
    int last = 0;
    for (const Migration& step : kRegisterMigrations) {
        if (step.version <= last) {
            return false;
        }
        last = step.version;
    }
    return true;
}
static_assert(strictlyIncreasing(), "two migrations bear one number; did a merge go wrong?");

} // namespace

const Schema& registerSchema()
{
    // "MCuA" as the application id of the file header.
    static const Schema schema{0x4d437541, kRegisterMigrations};
    return schema;
}

} // namespace motcua
