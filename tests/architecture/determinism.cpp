// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/checks.h"
#include "tests/architecture/paths.h"
#include "tests/architecture/source_text.h"

#include <algorithm>
#include <array>

namespace motcua::architecture {

namespace {

/// A kind of word and the places where it may stand: a file, or a folder with all below it.
struct Ban
{
    std::string_view rule;
    std::vector<std::string_view> words;
    std::vector<std::string_view> places;
};

const std::vector<Ban>& bans()
{
    static const std::vector<Ban> kBans{
        {"clock",
         {"system_clock", "utc_clock", "currentDateTime", "currentDateTimeUtc", "currentDate", "currentTime",
          "currentMSecsSinceEpoch", "currentSecsSinceEpoch", "gettimeofday", "clock_gettime", "std::time"},
         {"core/base/time.cpp"}},
        // A test may measure how long something took; what it decides must not depend on it.
        {"clock",
         {"steady_clock", "high_resolution_clock", "QElapsedTimer", "std::clock"},
         {"core/base/time.cpp", "tests"}},
        {"random",
         {"QRandomGenerator", "random_device", "std::random_device", "std::rand", "rand", "srand",
          "createUuid", "randombytes_random", "randombytes_uniform"},
         {}},
        // The command line waits between two steps of the engine; the reference portal answers slowly on
        // request.
        {"wait",
         {"sleep_for", "sleep_until", "msleep", "usleep", "nanosleep"},
         {"app/cli", "sync/reference_portal"}},
        // A test of a real thread turns its own event loop until the answer is there.
        {"wait", {"processEvents"}, {"tests"}},
        {"thread",
         {"std::thread", "std::jthread", "std::async", "std::this_thread", "std::mutex",
          "std::condition_variable", "jthread", "QThread", "QThreadPool", "QtConcurrent", "QMutex",
          "QWaitCondition", "pthread_create"},
         {"app", "sync/transport", "sync/reference_portal"}},
    };
    return kBans;
}

bool isAllowed(const Ban& ban, const std::string& path)
{
    return std::any_of(ban.places.begin(), ban.places.end(),
                       [&](std::string_view place) { return path == place || isUnder(path, place); });
}

/// system_clock also converts between kinds of time; only asking it what time it is counts.
bool isConversion(const std::vector<Piece>& words, std::size_t i)
{
    constexpr std::array kConversions{"duration", "from_time_t", "time_point", "to_time_t"};
    return words[i].text.ends_with("_clock") && i + 1 < words.size() &&
           contains(kConversions, words[i + 1].text);
}

/// The words of the code, and the headers that bring them.
std::vector<Piece> wordsAndHeaders(const SourceText& source)
{
    std::vector<Piece> result;
    for (std::size_t i = 0; i < source.words.size(); ++i) {
        if (!isConversion(source.words, i)) {
            result.push_back(source.words[i]);
        }
    }
    for (const Include& include : source.includes)
        result.push_back({include.name.substr(include.name.rfind('/') + 1), include.line});
    return result;
}

/// The product, the unit tests and the simulated world run on the same terms; other tests drive real
/// programs, and so does the kill loop.
bool isBound(std::string_view path)
{
    return isProduct(path) || isUnder(path, "tests/unit") ||
           (isUnder(path, "tests/world") && !path.starts_with("tests/world/kill_loop"));
}

} // namespace

Findings checkDeterminism(const std::vector<SourceFile>& files)
{
    Findings findings;
    for (const SourceFile& file : files) {
        if (!isBound(file.path) || !isCpp(file.path)) {
            continue;
        }
        for (const Piece& word : wordsAndHeaders(readSource(file.text))) {
            for (const Ban& ban : bans()) {
                if (contains(ban.words, word.text) && !isAllowed(ban, file.path))
                    findings.push_back({file.path, word.line, std::string(ban.rule), word.text});
            }
        }
    }
    return findings;
}

} // namespace motcua::architecture
