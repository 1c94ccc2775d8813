// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace motcua::architecture {

inline bool isCpp(std::string_view path)
{
    return path.ends_with(".cpp") || path.ends_with(".h");
}

inline bool isUnder(std::string_view path, std::string_view folder)
{
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

inline bool isProduct(std::string_view path)
{
    return isUnder(path, "app") || isUnder(path, "core") || isUnder(path, "sync");
}

template<class List> bool contains(const List& list, std::string_view what)
{
    return std::find(std::begin(list), std::end(list), what) != std::end(list);
}

} // namespace motcua::architecture
