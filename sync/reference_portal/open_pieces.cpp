// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/open_pieces.h"

namespace motcua::portal {

OpenPieces::Piece::Piece(OpenPieces& pieces, std::string key, std::function<void()> endReading)
    : m_pieces(pieces), m_key(std::move(key))
{
    std::unique_lock lock(m_pieces.m_mutex);
    m_pieces.settle(lock, m_key);
    m_pieces.m_open.emplace(m_key, std::move(endReading));
}

OpenPieces::Piece::~Piece()
{
    const std::lock_guard lock(m_pieces.m_mutex);
    m_pieces.m_open.erase(m_key);
    m_pieces.m_isStored.notify_all();
}

void OpenPieces::Piece::hasCome()
{
    const std::lock_guard lock(m_pieces.m_mutex);
    m_pieces.m_open[m_key] = nullptr;
}

void OpenPieces::settle(const std::string& key)
{
    std::unique_lock lock(m_mutex);
    settle(lock, key);
}

/// Each that turns up while we wait is ended as well: it came before us or with us.
void OpenPieces::settle(std::unique_lock<std::mutex>& lock, const std::string& key)
{
    for (auto open = m_open.find(key); open != m_open.end(); open = m_open.find(key)) {
        if (open->second) {
            open->second();
        }
        m_isStored.wait(lock);
    }
}

} // namespace motcua::portal
