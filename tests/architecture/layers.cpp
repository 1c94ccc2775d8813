// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/layers.h"

#include <algorithm>
#include <array>

namespace motcua::architecture {

namespace {

/// A module and those it may use directly; each stands above whatever uses it, so no ring can be written
/// down.
struct Layer
{
    std::string_view module;
    std::array<std::string_view, 4> uses;
};

constexpr std::array kLayers{
    Layer{"core/base", {}},
    Layer{"core/db", {"core/base"}},
    Layer{"core/files", {"core/db"}},
    Layer{"core/catalogue", {"core/db"}},
    Layer{"core/dossier", {"core/catalogue"}},
    Layer{"core/people", {"core/dossier"}},
    Layer{"core/journal", {"core/dossier"}},
    Layer{"core/books", {"core/journal"}},
    Layer{"core/register", {"core/journal", "core/people"}},
    Layer{"core/outbox", {"core/journal", "core/files"}},
    Layer{"core/identity", {"core/db"}},
    Layer{"core/vault", {"core/register", "core/outbox", "core/identity", "core/files"}},
    Layer{"core/import", {"core/vault"}},
    Layer{"core/desk", {"core/import", "core/books"}},
    Layer{"core/papers", {"core/register", "core/books"}},
    Layer{"core/scans", {"core/files"}},
    Layer{"core/report", {"core/papers"}},
    Layer{"sync/protocol", {"core"}},
    Layer{"sync/bundle", {"sync/protocol"}},
    Layer{"sync/engine", {"sync/protocol"}},
    Layer{"sync/courier", {"sync/bundle", "sync/engine"}},
    Layer{"sync/transport", {"sync/courier"}},
    Layer{"sync/reference_portal", {"sync/bundle"}},
    Layer{"app", {"core", "sync"}},
    Layer{"tests", {"core", "sync", "app"}},
};

const Layer* find(std::string_view module)
{
    const auto* found =
        std::find_if(kLayers.begin(), kLayers.end(), [&](const Layer& l) { return l.module == module; });
    return found == kLayers.end() ? nullptr : found;
}

std::string_view topOf(std::string_view module)
{
    return module.substr(0, module.find('/'));
}

} // namespace

std::string moduleOf(std::string_view path)
{
    const std::string_view top = topOf(path);
    if (top == "app" || top == "tests")
        return std::string(top);
    if (top != "core" && top != "sync")
        return {};
    const std::size_t end = path.find('/', top.size() + 1);
    return std::string(end == std::string_view::npos ? top : path.substr(0, end));
}

bool mayUse(std::string_view from, std::string_view to)
{
    if (from == to)
        return true;
    const Layer* layer = find(from);
    if (layer == nullptr)
        return false;
    return std::any_of(layer->uses.begin(), layer->uses.end(), [&](std::string_view used) {
        return !used.empty() && (used == to || used == topOf(to) || mayUse(used, to));
    });
}

bool isKnownModule(std::string_view module)
{
    return find(module) != nullptr;
}

} // namespace motcua::architecture
