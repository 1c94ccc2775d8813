// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/register_folder.h"

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/db/setting.h"
#include "core/db/transaction.h"
#include "core/identity/key_slots.h"
#include "core/journal/journal.h"
#include "core/journal/register_schema.h"
#include "core/vault/migrate_on_copy.h"

#include <charconv>

namespace motcua {

namespace fs = std::filesystem;

namespace {

constexpr const char* kDatabase = "register.db";
constexpr const char* kUnfinished = "register.db.new";
constexpr const char* kKeys = "register.keys";
constexpr std::size_t kKeysBytesMax = std::size_t{1} << 20;

Result<Connection> connectTo(const fs::path& path, const Secret& key, OpenMode mode, const std::string& vfs)
{
    OpenOptions options;
    options.path = path.string();
    options.mode = mode;
    options.key = &key;
    options.vfs = vfs;
    return Connection::open(options);
}

Result<std::string> neededSetting(Connection& connection, std::string_view key)
{
    auto value = TRY(settingOf(connection, key));
    if (!value) {
        return fail(ErrorKind::Damaged, "the setting " + std::string(key) + " is missing");
    }
    return std::move(*value);
}

Result<std::int64_t> numberOf(const std::string& text)
{
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
        return fail(ErrorKind::Damaged, "a setting is no number");
    }
    return number;
}

Result<void> writeFirstRows(Connection& connection, const NewRegister& made, const std::string& install,
                            Instant now)
{
    auto transaction = TRY(Transaction::begin(connection));
    TRY(putSetting(connection, "install", install));
    TRY(putSetting(connection, "epoch", "1"));
    TRY(putSetting(connection, "unit", made.unit));
    TRY(putSetting(connection, "unit_name", made.unitName));
    TRY(putSetting(connection, "slot", std::to_string(made.slot)));
    TRY(putSetting(connection, "practice", made.practice ? "1" : "0"));

    auto account = TRY(connection.prepare(R"(
        INSERT INTO account(name, full_name, role, disabled) VALUES(:name, :full_name, 'admin', 0)
    )"));
    account.bind(":name", made.admin).bind(":full_name", made.adminFullName);
    TRY(account.run());

    NewEntry entry;
    entry.kind = "register.created";
    entry.official = made.adminFullName;
    entry.at = now;
    entry.body = {{"unit", made.unit},
                  {"unitName", made.unitName},
                  {"slot", made.slot},
                  {"practice", made.practice},
                  {"account", {{"name", made.admin}, {"fullName", made.adminFullName}, {"role", "admin"}}}};
    Journal journal(connection, install, 1);
    TRY(journal.append(entry));
    return transaction.commit();
}

} // namespace

bool holdsRegister(const fs::path& folder)
{
    std::error_code ignored;
    return fs::exists(folder / kDatabase, ignored) ||
           (fs::exists(folder / kKeys, ignored) && !fs::exists(folder / kUnfinished, ignored));
}

RegisterFolder::RegisterFolder(fs::path folder, FolderLock lock, Secret key, std::string vfs)
    : m_folder(std::move(folder)), m_lock(std::move(lock)), m_dataKey(std::move(key)), m_vfs(std::move(vfs))
{}

Result<Connection> RegisterFolder::connect(OpenMode mode) const
{
    return connectTo(m_folder / kDatabase, m_dataKey, mode, m_vfs);
}

Result<RegisterFolder> RegisterFolder::create(const fs::path& folder, const NewRegister& made, SignIn admin,
                                              const Clock& clock, Random& random)
{
    if (made.quickKeys && !made.practice) {
        return fail(ErrorKind::Refused, "quick keys are for practice registers");
    }
    if (made.slot < 0 || made.slot > 9) {
        return fail(ErrorKind::Invalid, "the slot is 0 to 9");
    }
    std::error_code error;
    TRY(makeFoldersDurably(folder));
    fs::permissions(folder, fs::perms::owner_all, error);
    FolderLock lock = TRY(FolderLock::take(folder, admin.program, clock, admin.lockTimeout));
    if (fs::exists(folder / kDatabase, error)) {
        return fail(ErrorKind::Duplicate, folder.string());
    }

    const std::string install = random.hex(16);
    RegisterFolder opened(folder, std::move(lock), KeySlots::makeDataKey(), admin.vfs);
    KeySlots keys(install, made.quickKeys ? KeyCost::Quick : KeyCost::Real);
    TRY(keys.put(made.admin, admin.password, opened.m_dataKey));

    const fs::path unfinished = folder / kUnfinished;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        fs::remove(unfinished.string() + suffix, error);
    }
    {
        auto connection = TRY(connectTo(unfinished, opened.m_dataKey, OpenMode::Create, admin.vfs));
        TRY(migrate(connection, registerSchema()));
        TRY(writeFirstRows(connection, made, install, clock.now()));
    }
    TRY(flushToDisk(unfinished));
    TRY(writeFileDurably(folder / kKeys, keys.toText()));
    // The last step makes the register exist; whatever broke before leaves none.
    fs::rename(unfinished, folder / kDatabase, error);
    if (error) {
        return fail(ErrorKind::Storage, "name the register: " + error.message());
    }
    TRY(flushToDisk(folder));
    TRY(opened.readIdentity(made.admin));
    return opened;
}

Result<RegisterFolder> RegisterFolder::open(const fs::path& folder, SignIn who, const Clock& clock)
{
    std::error_code ignored;
    if (!fs::exists(folder / kDatabase, ignored)) {
        return fail(ErrorKind::NotFound, folder.string());
    }
    FolderLock lock = TRY(FolderLock::take(folder, who.program, clock, who.lockTimeout));
    const auto keys = TRY(KeySlots::fromText(TRY(readFile(folder / kKeys, kKeysBytesMax))));
    Secret dataKey = TRY(keys.open(who.account, who.password));
    RegisterFolder opened(folder, std::move(lock), std::move(dataKey), who.vfs);

    auto state = [&]() -> Result<SchemaState> {
        auto connection = opened.connect();
        if (!connection) {
            // The key is right (its slot opened), so what cannot be read is broken or is not ours.
            Error error = connection.error();
            error.kind = error.kind == ErrorKind::WrongKey ? ErrorKind::Damaged : error.kind;
            return tl::unexpected(error);
        }
        return schemaState(*connection, registerSchema());
    };
    const SchemaState found = TRY(state());
    if (found == SchemaState::Empty) {
        return fail(ErrorKind::Damaged, "the register's file is empty");
    }
    if (found == SchemaState::Older) {
        TRY(migrateOnCopy(folder / kDatabase, registerSchema(), opened.m_dataKey, who.vfs));
    }
    TRY(opened.readIdentity(who.account));
    return opened;
}

Result<void> RegisterFolder::readIdentity(const std::string& account)
{
    auto connection = TRY(connect());
    RegisterIdentity identity;
    identity.install = TRY(neededSetting(connection, "install"));
    identity.epoch = TRY(numberOf(TRY(neededSetting(connection, "epoch"))));
    identity.unit = TRY(neededSetting(connection, "unit"));
    identity.unitName = TRY(neededSetting(connection, "unit_name"));
    identity.slot = static_cast<int>(TRY(numberOf(TRY(neededSetting(connection, "slot")))));
    identity.practice = TRY(neededSetting(connection, "practice"))
    == "1";

    auto query = TRY(connection.prepare(R"(
        SELECT full_name, role FROM account WHERE name = :name AND disabled = 0
    )"));
    query.bind(":name", account);
    const bool row = TRY(query.step());
    const auto role = row ? parseRole(query.view(1)) : std::nullopt;
    if (!role) {
        return fail(ErrorKind::WrongKey, "the account is disabled");
    }
    m_actor = {account, query.text(0), *role};
    m_identity = std::move(identity);
    return {};
}

Result<void> RegisterFolder::switchTo(const std::string& account, const Secret& password)
{
    const auto keys = TRY(KeySlots::fromText(TRY(readFile(m_folder / kKeys, kKeysBytesMax))));
    const Secret key = TRY(keys.open(account, password));
    if (key.bytes() != m_dataKey.bytes()) {
        return fail(ErrorKind::Damaged, "the key slot belongs to another register");
    }
    return readIdentity(account);
}

Result<void> RegisterFolder::addKeySlot(const std::string& account, const Secret& password)
{
    auto keys = TRY(KeySlots::fromText(TRY(readFile(m_folder / kKeys, kKeysBytesMax))));
    TRY(keys.put(account, password, m_dataKey));
    return writeFileDurably(m_folder / kKeys, keys.toText());
}

Result<void> RegisterFolder::removeKeySlot(const std::string& account)
{
    auto keys = TRY(KeySlots::fromText(TRY(readFile(m_folder / kKeys, kKeysBytesMax))));
    keys.remove(account);
    return writeFileDurably(m_folder / kKeys, keys.toText());
}

} // namespace motcua
