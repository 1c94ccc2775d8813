// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/world/crash_digest.h"
#include "tests/world/crash_window.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace motcua {

struct CrashSums
{
    long states = 0;
    long lost = 0;
    long torn = 0;
    long points = 0;
    long contents = 0; ///< different contents after recovery, each compared row by row
    long starts = 0;   ///< states in which the program was started, verified, and received
};

/// Goes through the moments at which the power may go in a story, puts together what may then be on the disk,
/// no state twice, and lets SQLite recover each.
class CrashSearch
{
public:
    struct Orders
    {
        long states = 20'000;
        std::uint64_t seed = 1;
        bool untilFound = false;
    };
    CrashSearch(WorldStore& store, const CrashStory& story, const Orders& orders);

    CrashSums run();
    /// The first few, in words.
    [[nodiscard]] const std::vector<std::string>& wrongs() const { return m_wrongs; }

private:
    struct Content
    {
        std::uint64_t digest = 0;
        std::string head;
        std::string error;
    };
    enum class Verdict
    {
        Good,
        Lost,
        Torn,
    };

    void explore(double quota);
    void tryWrites(double quota);
    void tryTornNewest();
    void trySampled(long until);
    void tryRemovedLog();
    CrashChoice choiceOf(const std::vector<bool>& writes) const;
    CrashChoice drawn();
    void tryState(const CrashChoice& choice);
    void showSure();
    void show(const CrashChoice& choice);
    void takeBack(const CrashChoice& choice);
    void judge(std::uint64_t key, bool isPlain);
    Content read();
    Verdict verdict(const Content& content, std::string& why) const;
    std::string startProgram();
    void blame(Verdict verdict, const std::string& why);
    [[nodiscard]] std::size_t mxFrame() const;
    [[nodiscard]] bool isOver() const
    {
        return m_sums.states >= m_orders.states || (m_orders.untilFound && m_sums.lost + m_sums.torn > 0);
    }

    WorldStore& m_store;
    const CrashStory& m_story;
    Orders m_orders;
    SeededRandom m_random;
    CrashWindow m_window;
    std::array<std::shared_ptr<MemoryFile>, 2> m_files;
    std::uint64_t m_shown = 0; ///< the generation that lies in the files
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<RegisterDigest> m_digest;
    std::unordered_set<std::uint64_t> m_seen;
    std::unordered_map<std::uint64_t, Content> m_contents;
    std::size_t m_point = 0;
    std::size_t m_mark = 0; ///< the last act whose call had returned
    CrashSums m_sums;
    std::vector<std::string> m_wrongs;
};

} // namespace motcua
