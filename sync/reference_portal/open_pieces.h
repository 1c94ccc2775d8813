// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace motcua::portal {

/// The pieces of files that are coming in at this moment.
///
/// A line breaks at the counter's end first: a cable is pulled, a router forgets. The counter comes back and
/// asks where its file stands while its first connection still waits here for the rest of a piece, and what
/// has arrived of that is not stored yet. So whoever asks, or goes on, ends the earlier piece before, and
/// what arrived of it counts. Within one process; of a piece that another one is reading the counter sends
/// again what is not stored.
///
/// For any number of threads.
class OpenPieces
{
public:
    /// One piece, from before its body is read until what came of it is stored. A key names a file and who
    /// sends it, so that nobody can end what others send.
    class Piece
    {
    public:
        /// Ends the earlier piece with this key and returns when it is stored. `endReading` makes the reading
        /// of this one come to its end at once; it is called from other threads, and not after hasCome().
        Piece(OpenPieces& pieces, std::string key, std::function<void()> endReading);
        Piece(const Piece&) = delete;
        Piece& operator=(const Piece&) = delete;
        ~Piece();
        /// The body is read, whole or not.
        void hasCome();

    private:
        OpenPieces& m_pieces;
        std::string m_key;
    };

    /// Ends the piece with this key, if there is one, and returns when it is stored.
    void settle(const std::string& key);

private:
    void settle(std::unique_lock<std::mutex>& lock, const std::string& key);

    std::mutex m_mutex;
    std::condition_variable m_isStored;
    std::map<std::string, std::function<void()>> m_open; ///< none where the body is read already
};

} // namespace motcua::portal
