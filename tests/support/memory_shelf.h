// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files/file_shelf.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace motcua {

/// Thrown out of a call to a shelf to say that the program was killed there. Test code only.
struct ShelfKilled
{};

/// A shelf in memory with a disk's misfortunes: it can fail, or the program die, at the n-th thing that is
/// done on it; and it knows what was flushed, so that the power can go.
class MemoryShelf final : public FileShelf
{
public:
    enum class Fate
    {
        Fails, ///< a disk error; the next call works again
        Full,  ///< each further write fails as well
        Dies,  ///< ShelfKilled before it is done
        DiesAfter,
    };
    struct Kept
    {
        std::string bytes;
        Instant written;
        bool isPlaced = false;
    };

    /// What comes at the n-th call from now on that changes something (1 is the next).
    void happensAt(std::int64_t call, Fate fate)
    {
        m_at = m_calls + call;
        m_fate = fate;
    }
    void clearSky() { m_at = 0; }
    [[nodiscard]] std::int64_t calls() const { return m_calls; }

    std::map<std::string, Kept> files;
    Instant now{};

    Result<std::unique_ptr<Unfinished>> begin() override
    {
        const auto done = change([&] { files[std::to_string(++m_begun) + ".new"] = {{}, now, false}; });
        if (!done) {
            return tl::unexpected(done.error());
        }
        return std::unique_ptr<Unfinished>(
            std::make_unique<Writing>(*this, std::to_string(m_begun) + ".new"));
    }
    Result<std::unique_ptr<ByteSource>> open(const std::string& name) override
    {
        const auto found = files.find(name);
        if (found == files.end() || !found->second.isPlaced) {
            return fail(ErrorKind::NotFound, name);
        }
        return std::unique_ptr<ByteSource>(std::make_unique<MemorySource>(found->second.bytes));
    }
    Result<void> each(const std::function<Result<void>(const Entry&)>& visit) override
    {
        for (const auto& [name, kept] : files) {
            const auto size = static_cast<std::int64_t>(kept.bytes.size());
            if (auto done = visit({name, size, kept.written, kept.isPlaced}); !done) {
                return done;
            }
        }
        return {};
    }
    Result<void> remove(const Entry& entry) override
    {
        return change([&] { files.erase(entry.name); });
    }

private:
    class Writing final : public Unfinished
    {
    public:
        Writing(MemoryShelf& shelf, std::string name) : m_shelf(shelf), m_name(std::move(name)) {}
        Writing(const Writing&) = delete;
        Writing& operator=(const Writing&) = delete;
        ~Writing() override
        {
            if (!m_shelf.m_isDead) {
                m_shelf.files.erase(m_name);
            }
        }
        Result<void> append(std::string_view bytes) override
        {
            return m_shelf.change([&] { m_shelf.files[m_name].bytes += bytes; });
        }
        Result<void> flush() override
        {
            return m_shelf.change([] {});
        }
        Result<void> place(const std::string& name) override
        {
            return m_shelf.change([&] {
                Kept kept = std::move(m_shelf.files[m_name]);
                m_shelf.files.erase(m_name);
                kept.isPlaced = true;
                m_shelf.files[name] = std::move(kept);
            });
        }

    private:
        MemoryShelf& m_shelf;
        std::string m_name;
    };

    Result<void> change(const std::function<void()>& done)
    {
        ++m_calls;
        const bool comes = m_at != 0 && (m_calls == m_at || (m_fate == Fate::Full && m_calls > m_at));
        if (!comes) {
            done();
            return {};
        }
        if (m_fate == Fate::DiesAfter) {
            done();
        }
        if (m_fate == Fate::Dies || m_fate == Fate::DiesAfter) {
            m_isDead = true; // nobody cleans up behind a killed program
            throw ShelfKilled{};
        }
        return fail(ErrorKind::Storage, "the shelf fails");
    }

public:
    /// The program is started again.
    void revive()
    {
        m_isDead = false;
        clearSky();
    }

private:
    std::int64_t m_calls = 0;
    std::int64_t m_at = 0;
    std::int64_t m_begun = 0;
    Fate m_fate = Fate::Fails;
    bool m_isDead = false;
};

} // namespace motcua
