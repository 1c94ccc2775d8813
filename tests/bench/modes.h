// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/vault/register_folder.h"

#include <filesystem>
#include <string>

namespace motcua::bench {

// The calls of the harness; each prints its lines of JSON.
void save(const std::filesystem::path& folder, const std::string& data, std::size_t count);
void load(const std::filesystem::path& folder, const std::string& data);
void search(const std::filesystem::path& folder, const std::string& queries);
void report(const std::filesystem::path& folder);
void start(const std::filesystem::path& folder, double begun);
int serve(int port, const std::filesystem::path& marker);
void queue(const std::filesystem::path& client, const std::string& data, std::size_t count);
int push(int port, const std::filesystem::path& client, int batch, const std::string& label, int dieAfter);
void pull(int port, const std::filesystem::path& client, int batch);
void exportStick(const std::filesystem::path& client, const std::string& stick);

/// A fresh practice register in a folder that is emptied first. Practice only for its cheap key derivation,
/// which stands for somebody signing in and is in no figure.
[[nodiscard]] RegisterFolder freshRegister(const std::filesystem::path& folder, int slot, const Clock& clock,
                                           Random& random);
[[nodiscard]] RegisterFolder openRegister(const std::filesystem::path& folder, const Clock& clock);
[[nodiscard]] Connection connect(const RegisterFolder& folder);

/// Unwraps or ends the program with what went wrong.
template<class T> T must(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "motcua-bench: %s\n", result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

} // namespace motcua::bench
