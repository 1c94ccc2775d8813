// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace motcua {

/// What a program can act on; the sentence for a person is made in app.
enum class ErrorKind
{
    Invalid,     ///< the input breaks a rule; nothing was changed
    NotFound,    ///< no such thing
    Refused,     ///< a rule of the office forbids it (role, legal moves, state)
    WrongKey,    ///< password or key does not open it
    Locked,      ///< another program holds it; detail names the holder
    Newer,       ///< written by a newer version of the program
    Damaged,     ///< pages, chain or format are broken
    Foreign,     ///< not one of our files
    Duplicate,   ///< a thing that must be unique is there already
    Storage,     ///< the disk or SQLite failed; the act was not saved
    Network,     ///< the portal was not reached, or is not the portal
    Unsupported, ///< known, but not built into this configuration
};

/// An operating error: expected, handled by whoever can act. `detail` is for the log and for support,
/// never for markup; it may hold untrusted text.
struct Error
{
    ErrorKind kind;
    std::string detail;
};

template<class T> using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string detail)
{
    return tl::unexpected<Error>(Error{kind, std::move(detail)});
}

namespace detail {
template<class T, class E> T takeValue(tl::expected<T, E>&& result)
{
    return std::move(*result);
}
template<class E> void takeValue(tl::expected<void, E>&&) {}
} // namespace detail

} // namespace motcua

/// Unwraps a Result or returns its error from the enclosing function. The only macro of the project;
/// it goes when the language has an operator for it. The name counts up so that one TRY may stand in another.
#define TRY(expression) MOTCUA_TRY_NAMED(MOTCUA_TRY_JOIN(tryResult_, __COUNTER__), expression)
#define MOTCUA_TRY_JOIN(first, second) MOTCUA_TRY_JOINED(first, second)
#define MOTCUA_TRY_JOINED(first, second) first##second
#define MOTCUA_TRY_NAMED(name, expression)                                                                   \
    ({                                                                                                       \
        auto&& name = (expression);                                                                          \
        if (!name) {                                                                                         \
            return ::tl::unexpected(std::move(name).error());                                                \
        }                                                                                                    \
        ::motcua::detail::takeValue(std::move(name));                                                        \
    })
