// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/base/time.h"
#include "sync/protocol/op_id.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace motcua {

enum class OpKind
{
    Received,
    Changed,
    Moved,
    Cancelled,
};

/// "dossier.received".
[[nodiscard]] std::string_view opKindName(OpKind kind);
[[nodiscard]] std::optional<OpKind> parseOpKind(std::string_view name);

inline constexpr std::size_t kOperationBytesMax = std::size_t{256} << 10;
inline constexpr std::size_t kBatchLinesMax = 50;
inline constexpr std::size_t kBatchBytesMax = std::size_t{1} << 20;
inline constexpr int kOperationSchema = 1;

/// One act of a counter as it goes to the portal (contract, Operation). Made once; what is stored and sent
/// are the bytes of composeLine(), and those never change.
struct Operation
{
    OpId op;
    OpKind kind = OpKind::Received;
    Uid uid;
    std::optional<OpId> after;
    std::optional<Rev> baseRev;
    std::optional<OpId> supersedes;
    Instant at;
    std::string official;
    std::string chain; ///< hex of the journal's hash up to and with this entry
    Json body;

    /// The first operation in its place gives the place its name.
    [[nodiscard]] const OpId& place() const { return supersedes ? *supersedes : op; }
};

/// The line (without its line feed): compact, members sorted, so the same operation always has the same
/// bytes.
[[nodiscard]] std::string composeLine(const Operation& operation);
/// The lower-case hex of SHA-256 over the line's bytes.
[[nodiscard]] std::string digestOf(std::string_view line);

/// All that a line has to keep; problems point into the operation ("/body/code").
[[nodiscard]] tl::expected<Operation, Problems> parseOperation(std::string_view line);

/// A line as far as it could be read. The portal answers also to lines that break the schema, as long as
/// they say which operation they are.
struct OperationLine
{
    std::optional<OpId> op; ///< none: the line has no readable `op`
    std::string digest;
    std::optional<Uid> uid;
    std::optional<OpId> after;
    std::optional<OpId> supersedes;
    std::optional<std::string> chain;
    bool isCancelling = false;
    bool isTooLarge = false;
    tl::expected<Operation, Problems> operation; ///< or what is wrong with it
};

[[nodiscard]] OperationLine readLine(std::string_view line);

} // namespace motcua
