// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// A value in a catalogue file and where it stands there. Units edit these files by hand, so that each
/// reading function names file and JSON pointer when something is wrong. Refers to the JSON that it was
/// made from, which must outlive it.
class Source
{
public:
    Source(const Json& value, std::string file, std::string pointer = {});

    [[nodiscard]] const Json& json() const { return *m_value; }
    [[nodiscard]] const std::string& file() const { return m_file; }
    [[nodiscard]] bool has(std::string_view member) const;

    /// An error that says where: `procedures.json#/procedures/3/term: must be an object`.
    [[nodiscard]] tl::unexpected<Error> wrong(const std::string& what) const;

    /// Fails on a member that is not in the list: a misspelt `requiredWhen` must not be silently without
    /// effect. `meta` is always allowed.
    [[nodiscard]] Result<void> onlyMembers(std::initializer_list<std::string_view> names) const;

    /// The member as a source of its own; fails when it is missing.
    [[nodiscard]] Result<Source> member(std::string_view name) const;
    /// The elements of a list member; missing means none.
    [[nodiscard]] Result<std::vector<Source>> items(std::string_view name) const;
    /// The elements of this list.
    [[nodiscard]] Result<std::vector<Source>> elements() const;

    /// Another value to be read as if it stood here.
    [[nodiscard]] Source standingFor(const Json& value) const { return {value, m_file, m_pointer}; }

    /// A text that is not empty.
    [[nodiscard]] Result<std::string> text(std::string_view name) const;
    [[nodiscard]] Result<std::string> textOr(std::string_view name, std::string_view otherwise) const;
    [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view name) const;
    [[nodiscard]] Result<bool> truthOr(std::string_view name, bool otherwise) const;
    [[nodiscard]] Result<std::int64_t> integerOr(std::string_view name, std::int64_t otherwise) const;
    /// "2027-03-01"; null and missing mean open.
    [[nodiscard]] Result<std::optional<Day>> day(std::string_view name) const;

private:
    [[nodiscard]] Source child(std::string_view name, const Json& value) const;

    const Json* m_value;
    std::string m_file;
    std::string m_pointer;
};

} // namespace motcua
