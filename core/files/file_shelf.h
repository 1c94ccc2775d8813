// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/files/byte_source.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace motcua {

/// Where the encrypted files lie, each under a name that says nothing. What comes through the constructors
/// instead of the disk itself, so that tests can break it at any place.
class FileShelf
{
public:
    /// A file that is being written. It disappears with this object unless it was put in its place.
    class Unfinished
    {
    public:
        virtual ~Unfinished() = default;
        [[nodiscard]] virtual Result<void> append(std::string_view bytes) = 0;
        /// Every byte is on the disk when this returns.
        [[nodiscard]] virtual Result<void> flush() = 0;
        /// Gives the flushed file its name, in place of what bore it; the name is on the disk when this
        /// returns.
        [[nodiscard]] virtual Result<void> place(const std::string& name) = 0;
    };

    struct Entry
    {
        std::string name; ///< as place() was told, or of a file that never got its place
        std::int64_t bytes = 0;
        Instant written;
        bool isPlaced = true;
    };

    virtual ~FileShelf() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<Unfinished>> begin() = 0;
    /// NotFound.
    [[nodiscard]] virtual Result<std::unique_ptr<ByteSource>> open(const std::string& name) = 0;
    /// Everything that lies there, in no order.
    [[nodiscard]] virtual Result<void> each(const std::function<Result<void>(const Entry&)>& visit) = 0;
    /// What is not there is removed already.
    [[nodiscard]] virtual Result<void> remove(const Entry& entry) = 0;
};

} // namespace motcua
