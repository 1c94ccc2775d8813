// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"
#include "tests/faults/portal_words.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua::faults {

/// One answer while it is being made bad: first the words, then the bytes, then what is around them.
struct BadAnswer
{
    const PortalWords& words;
    const std::vector<SentOp>& sent;
    Random& random;
    Json json;   ///< begins as the true answer
    Reply reply; ///< 200, application/json; its body is filled from `json` before the bytes are spoiled

    [[nodiscard]] std::size_t below(std::size_t bound) const { return random.below(bound); }
    [[nodiscard]] std::size_t anyPlace() const { return below(sent.size()); }
    [[nodiscard]] Json& result(std::size_t place) { return json["results"][place]; }
    /// The result says so, with these words beside it.
    void say(std::size_t place, Outcome outcome, Json receipt);
};

/// A way to make an answer bad. One of the two is there.
struct BadKind
{
    std::string_view name;
    void (*words)(BadAnswer&) = nullptr; ///< changes `json`
    void (*bytes)(BadAnswer&) = nullptr; ///< changes `reply`, with its body
};
[[nodiscard]] const std::vector<BadKind>& badKinds();

/// One safeguard taken away, to see that it is missed: receipts are made to pass it.
enum class Without
{
    Nothing,
    Signature,
    Operation,
    Digest,
    Epoch,
    Result,
    Age,
};
[[nodiscard]] std::optional<Without> parseWithout(std::string_view name);

/// An answer to this batch that is not the true one; `kind` counts from 0, and now and then a second kind is
/// laid over it.
[[nodiscard]] Reply makeBad(const PortalWords& words, const std::vector<SentOp>& sent, std::size_t kind,
                            Random& random);
/// The same answer as it would look to somebody who lacks this safeguard.
[[nodiscard]] Reply seenWithout(Without without, Reply reply, const PortalWords& words,
                                const std::vector<SentOp>& sent);

} // namespace motcua::faults
