// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/place_hints.h"

#include "core/people/place_reader.h"

#include <unordered_map>

namespace motcua {

namespace {
constexpr std::size_t kHintsMax = 3;
constexpr std::size_t kRememberedMax = 20'000;
} // namespace

PlaceHints placeHints(std::shared_ptr<const PlaceReader> reader)
{
    auto known = std::make_shared<std::unordered_map<std::string, std::vector<std::string>>>();
    return [reader = std::move(reader), known](const std::string& place) {
        if (const auto found = known->find(place); found != known->end()) {
            return found->second;
        }
        auto names = reader->unitsOfToday(writtenPlace(place));
        if (names.size() > kHintsMax) {
            names.clear();
        }
        if (known->size() < kRememberedMax) {
            known->emplace(place, names);
        }
        return names;
    };
}

} // namespace motcua
