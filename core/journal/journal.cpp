// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journal.h"

#include "core/base/check.h"

#include <charconv>

namespace motcua {

namespace {

constexpr int kOperationSchema = 1;

/// Writes a JSON object member by member in the order of their names, which is the order of dumpJson(). The
/// body, most of an entry, is then written once and copied never.
class SortedObject
{
public:
    /// `value` is JSON text; `name` a literal.
    void add(std::string_view name, std::string_view value)
    {
        require(name > m_last, "members are written in the order of their names");
        m_last = name;
        m_text += m_text.empty() ? "{\"" : ",\"";
        m_text.append(name).append("\":").append(value);
    }
    /// A text that needs no escaping: a number, a date, a name of ours.
    void addPlain(std::string_view name, std::string_view text) { add(name, '"' + std::string(text) + '"'); }
    void addPlainOrNull(std::string_view name, const std::optional<std::string>& text)
    {
        text ? addPlain(name, *text) : add(name, "null");
    }
    [[nodiscard]] std::string finished() && { return std::move(m_text) + '}'; }

private:
    std::string m_text;
    std::string_view m_last;
};

std::string composed(const NewEntry& entry, const std::string& install, Position position)
{
    const auto op = [&](const std::optional<Position>& place) {
        return place ? std::optional(opIdOf(install, *place).text()) : std::nullopt;
    };
    SortedObject text;
    if (entry.operation) {
        text.addPlainOrNull("after", op(entry.after));
    }
    text.addPlain("at", toRfc3339(entry.at));
    if (entry.operation) {
        text.addPlainOrNull("baseRev", entry.baseRev ? std::optional(entry.baseRev->text()) : std::nullopt);
    }
    text.add("body", dumpJson(entry.body));
    text.addPlain("kind", entry.kind);
    text.add("official", dumpJson(entry.official));
    text.addPlain("op", opIdOf(install, position).text());
    if (entry.operation) {
        text.add("schema", std::to_string(kOperationSchema));
        if (entry.supersedes) {
            text.addPlain("supersedes", *op(entry.supersedes));
        }
    }
    if (entry.uid) {
        text.addPlain("uid", entry.uid->text());
    }
    return std::move(text).finished();
}

Hash chained(const Hash& previous, std::string_view entry, std::string_view local)
{
    return sha256(bytesOf(previous), bytesOf(sha256(entry, local)));
}

} // namespace

OpId opIdOf(const std::string& install, Position position)
{
    return OpId(install + "-" + std::to_string(position.epoch()) + "-" + std::to_string(position.seq()));
}

std::optional<Position> positionOf(const std::string& install, std::string_view op)
{
    if (op.size() < install.size() + 4 || !op.starts_with(install) || op[install.size()] != '-') {
        return std::nullopt;
    }
    const char* const end = op.data() + op.size();
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    const auto first = std::from_chars(op.data() + install.size() + 1, end, epoch);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-') {
        return std::nullopt;
    }
    const auto second = std::from_chars(first.ptr + 1, end, seq);
    if (second.ec != std::errc{} || second.ptr != end || epoch < 1 || seq < 1 ||
        epoch > Position::kEpochMost || seq >= Position::kEpochFactor) {
        return std::nullopt;
    }
    return Position::of(epoch, seq);
}

std::string operationLine(std::string_view entry, const Hash& chain)
{
    require(entry.ends_with('}'), "an entry is a JSON object");
    std::string line(entry.substr(0, entry.size() - 1));
    line += R"(,"chain":")";
    line += toHex(chain);
    line += "\"}";
    return line;
}

Journal::Journal(Connection& connection, std::string install, std::int64_t epoch)
    : m_connection(connection), m_install(std::move(install)), m_epoch(epoch)
{}

Result<JournalHead> Journal::head()
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT position, chain FROM journal ORDER BY position DESC LIMIT 1
    )"));
    const bool row = TRY(query.step());
    if (!row || Position{query.integer(0)}.epoch() < m_epoch) {
        return JournalHead{Position::of(m_epoch, 0), {}};
    }
    const auto chain = hashFromBytes(query.view(1));
    if (!chain) {
        return fail(ErrorKind::Damaged, "the journal's head has no chain value");
    }
    return JournalHead{Position{query.integer(0)}, *chain};
}

Result<JournalHead> Journal::headAt(Position position)
{
    auto query = TRY(m_connection.prepare("SELECT chain FROM journal WHERE position = :position"));
    query.bind(":position", position.value);
    const bool found = TRY(query.step());
    if (!found) {
        return fail(ErrorKind::NotFound,
                    "mục nhật ký " + std::to_string(position.epoch()) + '-' + std::to_string(position.seq()));
    }
    const auto chain = hashFromBytes(query.view(0));
    if (!chain) {
        return fail(ErrorKind::Damaged, "an entry has no chain value");
    }
    return JournalHead{position, *chain};
}

Result<Written> Journal::append(const NewEntry& entry)
{
    require(m_connection.inTransaction(), "an entry is written inside a transaction");
    const JournalHead last = TRY(head());
    const Position position{last.position.value + 1};
    const std::string text = composed(entry, m_install, position);
    const std::string local = entry.local.value_or(std::string());
    Written written{position, chained(last.chain, text, local), {}, {}};

    auto insert = TRY(m_connection.prepare(R"(
        INSERT INTO journal(position, at, kind, dossier, entry, local, chain)
        VALUES(:position, :at, :kind, :dossier, :entry, :local, :chain)
    )"));
    insert.bind(":position", position.value).bind(":at", toMillis(entry.at)).bind(":kind", entry.kind);
    insert.bind(":dossier", entry.dossier).bind(":entry", text);
    insert.bind(":local", entry.local).bindBlob(":chain", bytesOf(written.chain));
    TRY(insert.run());

    if (entry.operation) {
        written.line = operationLine(text, written.chain);
        written.digest = sha256(written.line);
    }
    return written;
}

Result<std::string> Journal::line(Position position)
{
    auto query = TRY(m_connection.prepare("SELECT entry, chain FROM journal WHERE position = :position"));
    query.bind(":position", position.value);
    const bool row = TRY(query.step());
    if (!row) {
        return fail(ErrorKind::Damaged, "journal entry " + std::to_string(position.seq()) + " is missing");
    }
    const auto chain = hashFromBytes(query.view(1));
    if (!chain) {
        return fail(ErrorKind::Damaged,
                    "journal entry " + std::to_string(position.seq()) + " has no chain value");
    }
    return operationLine(query.view(0), *chain);
}

Result<std::vector<Finding>> verifyChain(Connection& connection)
{
    std::vector<Finding> findings;
    auto query =
        TRY(connection.prepare("SELECT position, entry, local, chain FROM journal ORDER BY position"));
    Hash previous{};
    Position expected = Position::of(1, 1);
    while (TRY(query.step())) {
        const Position position{query.integer(0)};
        if (position.epoch() > expected.epoch() && position.seq() == 1) {
            previous = {};
            expected = position;
        }
        if (position != expected) {
            findings.push_back({position.seq(), "gap", "expected entry " + std::to_string(expected.seq())});
        }
        const auto stored = hashFromBytes(query.view(3));
        if (!stored || *stored != chained(previous, query.view(1), query.view(2))) {
            findings.push_back({position.seq(), "chain", "the entry does not fit its place in the chain"});
        }
        previous = stored.value_or(Hash{});
        expected = {position.value + 1};
    }
    return findings;
}

} // namespace motcua
