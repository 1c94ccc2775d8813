// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/desk/courier_desk.h"
#include "core/desk/portal_desk.h"
#include "sync/bundle/bundle_reader.h"
#include "sync/courier/courier_files.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// Detail of the refusal of an answer that is older than what we know.
inline constexpr const char* kBeforeRestore = "an answer from before the portal was restored";

/// What one volume of an answer brought.
struct AnswerReport
{
    std::string set;
    std::optional<Instant> writtenAt; ///< the set, by this counter
    std::int64_t volume = 1;
    bool isRepeated = false; ///< it had been read before

    std::int64_t acknowledged = 0;
    std::int64_t conflicts = 0;
    std::int64_t refused = 0;
    std::int64_t blocked = 0;  ///< not judged: something before it has not reached the portal
    std::int64_t unproven = 0; ///< results without a receipt that verifies; they count for nothing
    std::int64_t pulled = 0;
    std::int64_t unreadable = 0;
    std::int64_t merged = 0;
    std::int64_t filesHeld = 0; ///< that the portal has whole, and we did not know

    std::vector<std::int64_t> missing; ///< volumes of ours that the portal had not seen
    bool isWhole = false;              ///< all volumes of this answer were read by now
    bool isRevoked = false;            ///< the portal says that this counter is shut out
};

/// The way in by stick: the portal's answer, put into the register by the same steps as the answer to a push
/// and a pulled page. Any number of times and in any order.
class CourierIn
{
public:
    CourierIn(CourierDesk& courier, PortalDesk& portal, CourierFiles* files = nullptr);

    /// By the first bytes of a file: it may be for this counter. Errors: as read(), of what is not.
    [[nodiscard]] Result<void> glance(BundleSource& source);
    /// One volume, from a copy that nobody changes meanwhile (copyPrivately). Errors: Foreign (no bundle, or
    /// not an answer), WrongKey (another counter's), Damaged, Newer, Refused (not the portal's signature, a
    /// bomb, or an answer from before the portal was restored), Unsupported (not enrolled). A file
    /// is proven whole before anything of it is taken; where a record of it then breaks the contract, or the
    /// disk fails, what was stored before it stays and is whole, and reading again does the rest.
    [[nodiscard]] Result<AnswerReport> read(BundleSource& source);

private:
    struct Reading; ///< one volume at work
    [[nodiscard]] Result<std::vector<SealPair>> seals();
    [[nodiscard]] Result<Reading> prove(BundleSource& source, const std::vector<SealPair>& keys);
    [[nodiscard]] Result<void> meetEpoch(Reading& reading);
    [[nodiscard]] Result<PortalBinding> bindingAsBefore(const Reading& reading);
    [[nodiscard]] Result<void> take(Reading& reading, const BundleRecord& record);
    [[nodiscard]] Result<void> takeHello(Reading& reading, const std::string& text);
    [[nodiscard]] Result<void> takeResults(Reading& reading, const std::string& text);
    [[nodiscard]] Result<void> takePage(Reading& reading, const std::string& text);
    [[nodiscard]] Result<void> takeFiles(Reading& reading, const std::string& text);

    CourierDesk& m_courier;
    PortalDesk& m_portal;
    CourierFiles* m_files;
};

} // namespace motcua
