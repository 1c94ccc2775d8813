// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "sync/bundle/bundle_reader.h"
#include "sync/bundle/letters.h"
#include "sync/bundle/stick.h"
#include "sync/reference_portal/portal.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace motcua::portal {

class AnswerWriter;

/// What became of one volume at the station.
struct VolumeReport
{
    std::string file;
    std::optional<Error> refusal; ///< then it was not judged to its end; what was judged before that stays
    std::int64_t volume = 0;
    bool isJudged = true; ///< false: it stands behind one that was refused, and was not looked at
};
/// And of all that belongs to one set.
struct StationReport
{
    std::string set;
    std::string unit;
    std::string install;
    std::vector<VolumeReport> volumes;
    std::vector<std::int64_t> missing;
    std::map<std::string, std::int64_t> results; ///< by the contract's names
    std::int64_t files = 0;                      ///< whole at the portal now
    std::int64_t pages = 0;                      ///< of changes, in the answer
    std::vector<std::string> answers;            ///< files on the answers' stick, each read back
};

/// Where a stick comes in at the city: what is on it is judged exactly as if it had been pushed, and the
/// answer goes back onto a stick: hello, results, what the portal holds of the files, and the changes since
/// the counter's cursor. Coming again is harmless, as with a push.
class CourierStation
{
public:
    /// `privateFolder`: on a disk of this machine; the stick's files are copied there, still sealed.
    /// `volumeBytes`: records in one volume of an answer.
    CourierStation(Portal& portal, const Clock& clock, std::string privateFolder,
                   std::int64_t volumeBytes = kVolumeBytesMax - 10'000'000)
        : m_portal(portal), m_clock(clock), m_privateFolder(std::move(privateFolder)),
          m_volumeBytes(volumeBytes)
    {}

    /// One report a set of volumes, and one without a set for the files that are refused. Error: of the
    /// store, of the private folder or of `answers`; what was judged before stays, and coming again does the
    /// rest.
    [[nodiscard]] Result<std::vector<StationReport>> take(Stick& stick, const std::vector<std::string>& files,
                                                          Stick& answers);

private:
    /// A volume that was copied and proven, and whose counter was found.
    struct Volume
    {
        std::string file;
        std::unique_ptr<BundleSource>
            copy; ///< only while it is judged: a stick may be larger than the folder
        BundleHeader header;
        OperationsLetter letter;
        Device device;
        std::string kid; ///< the portal's key that it was sealed to
    };
    using Volumes = std::map<std::int64_t, Volume>;

    [[nodiscard]] Result<Volume> receive(Stick& stick, const std::string& file);
    [[nodiscard]] Result<StationReport> takeSet(Stick& stick, Volumes& volumes, Stick& answers);
    [[nodiscard]] Result<void> judge(Stick& stick, const Volume& known, AnswerWriter& writer,
                                     StationReport& report);
    [[nodiscard]] static StationReport reportOf(const Volumes& volumes);
    [[nodiscard]] Result<BundleHeader> answerHeader(const Volumes& volumes);
    [[nodiscard]] Result<Hello> greet(const Volume& volume);
    [[nodiscard]] Result<void> addChanges(const Volume& volume, AnswerWriter& writer, StationReport& report);
    [[nodiscard]] Result<std::vector<SealPair>> seals();

    Portal& m_portal;
    const Clock& m_clock;
    std::string m_privateFolder;
    std::int64_t m_volumeBytes;
};

} // namespace motcua::portal
