// SPDX-License-Identifier: GPL-3.0-or-later
// What is recorded beside the dossiers: drafts, accounts, views.
#include "core/db/transaction.h"

#include "core/db/setting.h"
#include "core/desk/desk.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::size_t kNameMax = 120;

Refusal problem(std::string rule, std::string message)
{
    return Refusal(Problems{{"", std::move(rule), std::move(message), Severity::Hard, {}}});
}

bool isAccountName(const std::string& name)
{
    return !name.empty() && name.size() <= 60 && std::ranges::none_of(name, [](unsigned char c) {
        return c < 0x21 || c == 0x7f || c == '/' || c == '\\';
    });
}

} // namespace

Result<void> Desk::appendOwn(std::string kind, Json body, std::optional<std::int64_t> dossier,
                             std::optional<Uid> uid)
{
    NewEntry entry;
    entry.kind = std::move(kind);
    entry.official = m_actor.fullName.empty() ? m_actor.account : m_actor.fullName;
    entry.at = m_clock.now();
    entry.body = std::move(body);
    entry.dossier = dossier;
    entry.uid = std::move(uid);
    TRY(m_journal.append(entry));
    return {};
}

Result<std::int64_t> Desk::saveDraft(const DraftRow& draft)
{
    const std::string body = dumpJson(draft.body);
    auto transaction = TRY(Transaction::begin(m_connection));
    auto save = TRY(m_connection.prepare(R"(
        INSERT INTO draft(id, account, procedure, body, focus, updated)
        VALUES(:id, :account, :procedure, :body, :focus, :updated)
        ON CONFLICT(id) DO UPDATE SET procedure = excluded.procedure, body = excluded.body,
            focus = excluded.focus, updated = excluded.updated
    )"));
    save.bind(":id", draft.id == 0 ? std::nullopt : std::optional(draft.id))
        .bind(":account", m_actor.account);
    save.bind(":procedure", draft.procedure).bind(":body", body).bind(":focus", draft.focus);
    save.bind(":updated", toMillis(m_clock.now()));
    TRY(save.run());
    const std::int64_t id = draft.id == 0 ? m_connection.lastInsertRowid() : draft.id;
    TRY(transaction.commit());
    return id;
}

Result<std::vector<DraftRow>> Desk::drafts()
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT id, procedure, body, focus, updated FROM draft WHERE account = :account ORDER BY updated DESC
    )"));
    query.bind(":account", m_actor.account);
    std::vector<DraftRow> rows;
    while (TRY(query.step())) {
        rows.push_back({
            query.integer(0), query.text(1), TRY(parseJson(query.view(2)))
            , query.text(3), fromMillis(query.integer(4))
        });
    }
    return rows;
}

Result<void> Desk::discardDraft(std::int64_t id)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    auto remove = TRY(m_connection.prepare("DELETE FROM draft WHERE id = :id AND account = :account"));
    remove.bind(":id", id).bind(":account", m_actor.account);
    TRY(remove.run());
    return transaction.commit();
}

Result<void> Desk::useUpDraft(std::int64_t draftId)
{
    if (draftId == 0) {
        return {};
    }
    auto remove = TRY(m_connection.prepare("DELETE FROM draft WHERE id = :id"));
    remove.bind(":id", draftId);
    TRY(remove.run());
    if (m_connection.changes() == 0) {
        return fail(ErrorKind::Refused, "Bản nháp này đã được tiếp nhận hoặc đã bỏ.");
    }
    return {};
}

Answer<void> Desk::addAccount(const Account& account)
{
    TRY(mustBeAllowed(Act::ManageAccounts));
    if (!isAccountName(account.name) || account.fullName.size() > kNameMax * 4) {
        return tl::unexpected(
            problem("account-name",
                    "Tên tài khoản không hợp lệ (không dấu cách, không gạch chéo, tối đa 60 ký tự)."));
    }
    auto transaction = TRY(Transaction::begin(m_connection));
    auto add = TRY(m_connection.prepare(R"(
        INSERT INTO account(name, full_name, role, disabled) VALUES(:name, :full_name, :role, 0)
    )"));
    add.bind(":name", account.name)
        .bind(":full_name", account.fullName)
        .bind(":role", roleName(account.role));
    if (const auto added = add.run(); !added) {
        return tl::unexpected(added.error().kind == ErrorKind::Duplicate
                                  ? problem("account-exists", "Tài khoản “" + account.name + "” đã có.")
                                  : Refusal(added.error()));
    }
    TRY(appendOwn("account.added", {{"name", account.name},
                                    {"fullName", account.fullName},
                                    {"role", std::string(roleName(account.role))}}));
    TRY(transaction.commit());
    return {};
}

Answer<void> Desk::disableAccount(const std::string& name)
{
    TRY(mustBeAllowed(Act::ManageAccounts));
    if (name == m_actor.account) {
        return tl::unexpected(problem("own-account", "Không thể khóa tài khoản đang dùng."));
    }
    auto transaction = TRY(Transaction::begin(m_connection));
    auto change = TRY(m_connection.prepare("UPDATE account SET disabled = 1 WHERE name = :name"));
    change.bind(":name", name);
    TRY(change.run());
    if (m_connection.changes() == 0) {
        return tl::unexpected(Refusal(Error{ErrorKind::NotFound, "Không có tài khoản “" + name + "”."}));
    }
    TRY(appendOwn("account.disabled", {{"name", name}}));
    TRY(transaction.commit());
    return {};
}

Result<std::vector<Desk::Account>> Desk::accounts()
{
    auto query =
        TRY(m_connection.prepare("SELECT name, full_name, role, disabled FROM account ORDER BY name"));
    std::vector<Account> rows;
    while (TRY(query.step())) {
        rows.push_back({query.text(0), query.text(1), parseRole(query.view(2)).value_or(Role::Supervisor),
                        query.integer(3) != 0});
    }
    return rows;
}

Result<void> Desk::recordOpened(const std::string& code)
{
    if (m_opened.contains(code)) {
        return {};
    }
    TRY(recordView("dossier.opened", {{"code", code}}));
    m_opened.insert(code);
    return {};
}

Result<void> Desk::recordView(const std::string& what, const Json& detail)
{
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(appendOwn(what, detail));
    return transaction.commit();
}

Result<void> Desk::recordBackup(const BackupInfo& backup)
{
    // No entry of the journal: the backup's head would not be the register's any more. The name of the file
    // only: where a stick is mounted is nobody's business later.
    const Json proven{{"at", toRfc3339(m_clock.now())},
                      {"file", backup.file.filename().string()},
                      {"entries", backup.entries},
                      {"head", backup.head}};
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(putSetting(m_connection, "proven_backup", dumpJson(proven)));
    return transaction.commit();
}

} // namespace motcua
