// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/upgrade_register.h"

#include "core/db/migrator.h"
#include "core/db/transaction.h"
#include "core/journal/register_schema.h"

#include <map>

namespace motcua {

namespace {

using SchemaText = std::map<std::string, std::pair<std::string, std::string>>; // name: kind, text

Result<SchemaText> schemaText(Connection& connection)
{
    SchemaText found;
    auto query = TRY(connection.prepare("SELECT name, type, coalesce(sql, '') FROM sqlite_schema"));
    while (TRY(query.step())) {
        found[query.text(0)] = {query.text(1), query.text(2)};
    }
    return found;
}

Result<SchemaText> schema1()
{
    OpenOptions options;
    options.path = ":memory:";
    options.mode = OpenMode::Create;
    auto fresh = TRY(Connection::open(options));
    TRY(migrate(fresh, Schema{registerSchema().applicationId, registerSchema().migrations.first(1)}));
    return schemaText(fresh);
}

template<class T> Result<T> plain(Answer<T> answer)
{
    if (!answer) {
        return tl::unexpected(answer.error().error);
    }
    return std::move(*answer);
}

} // namespace

Result<void> addMixedWork(Desk& desk, Json draft, int operations)
{
    int made = 0;
    for (int round = 0; made < operations; ++round) {
        draft["applicant"]["name"] = "Nguyễn Văn " + std::to_string(round);
        const auto code = TRY(plain(desk.receive(draft)))
        .code;
        ++made;
        const auto phone = "09" + std::to_string(10'000'000 + round);
        if (made < operations) {
            TRY(plain(desk.change(code, {{"/applicant/phone", phone}}, "dân báo")));
            ++made;
        }
        if (round % 2 == 0 && made < operations) {
            TRY(plain(desk.move(code, Status::Processing, "")));
            ++made;
        }
        if (round % 5 == 0 && made + 1 < operations) {
            const auto wrong = TRY(plain(desk.change(code, {{"/note", "nhầm"}}, "nhầm")))
            .op;
            TRY(plain(desk.withdrawOperation(wrong, "nhầm hồ sơ")));
            made += 2;
        }
    }
    return {};
}

Result<void> bringDownToSchema1(Connection& connection)
{
    const auto wanted = TRY(schema1());
    for (const char* kind : {"trigger", "index", "table"}) {
        for (const auto& [name, made] : TRY(schemaText(connection))) {
            if (made.first == kind && !wanted.contains(name) && !name.starts_with("sqlite_")) {
                // An index for search takes tables of its own with it.
                TRY(connection.execute(("DROP " + made.first + " IF EXISTS \"" + name + "\"").c_str()));
            }
        }
    }
    TRY(connection.execute("PRAGMA user_version=1"));
    if (TRY(schemaText(connection)) != wanted) {
        return fail(ErrorKind::Unsupported, "a later migration altered what schema 1 had");
    }
    return {};
}

Result<std::vector<std::string>> operationStates(Connection& connection, const std::string& install)
{
    std::vector<std::string> states;
    auto query = TRY(connection.prepare("SELECT position, kind, state FROM operation ORDER BY position"));
    while (TRY(query.step())) {
        states.push_back(opIdOf(install, Position{query.integer(0)}).text() + " " + query.text(1) + " " +
                         query.text(2));
    }
    return states;
}

} // namespace motcua
