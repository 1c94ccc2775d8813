// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/places.h"

#include <cstdlib>
#include <string>
#include <vector>

namespace motcua {

namespace fs = std::filesystem;

namespace {

/// An unset variable and an empty one mean the same.
fs::path fromEnvironment(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? fs::path() : fs::path(value);
}

fs::path programFolder()
{
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::path() : program.parent_path();
}

bool isInside(const fs::path& path, const fs::path& folder)
{
    const fs::path relative = path.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

} // namespace

fs::path registerPlace()
{
    if (fs::path given = fromEnvironment("MOTCUA_REGISTER"); !given.empty()) {
        return given;
    }
#ifdef _WIN32
    const fs::path data = fromEnvironment("APPDATA");
#else
    fs::path data = fromEnvironment("XDG_DATA_HOME");
    if (!data.is_absolute()) {
        data = fromEnvironment("HOME") / ".local" / "share";
    }
#endif
    return data / "motcua" / "register";
}

Result<fs::path> resourcesPlace()
{
    std::vector<fs::path> places;
    if (fs::path given = fromEnvironment("MOTCUA_RESOURCES"); !given.empty()) {
        places.push_back(std::move(given));
    } else {
        const fs::path program = programFolder();
        places.push_back(program.parent_path() / "share" / "motcua");
        // An installed program never looks into somebody's source tree, even where that still exists.
        if (isInside(program, MOTCUA_BUILD_FOLDER)) {
            places.emplace_back(MOTCUA_RESOURCES_FOLDER);
        }
    }
    std::string tried;
    for (const fs::path& place : places) {
        std::error_code ignored;
        if (fs::is_directory(place / "catalogue", ignored)) {
            return place;
        }
        tried += (tried.empty() ? "" : ", ") + place.string();
    }
    return fail(ErrorKind::NotFound, tried);
}

} // namespace motcua
