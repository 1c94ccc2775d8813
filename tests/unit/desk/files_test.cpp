// SPDX-License-Identifier: GPL-3.0-or-later
// What a dossier may name of files, also when it is changed later.
#include "tests/support/sample_files.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

struct FileDeskBench
{
    SmallCounter counter;
    FolderShelf shelf = counter.folder->shelf();
    FileStore files{*counter.connection, shelf, counter.folder->dataKey(), counter.clock};

    /// A page of its own for each seed, as a dossier names it.
    Json page(int seed)
    {
        const std::string bytes = samplePdf(2'000, seed);
        MemorySource source(bytes);
        const auto file = files.add(source, FileKind::Pdf);
        REQUIRE(file);
        return {{"name", "trang.pdf"},
                {"sha256", toHex(file->sha256)},
                {"size", file->size},
                {"type", "application/pdf"}};
    }
    std::string refusalOf(const std::string& code, const Json& components)
    {
        const auto changed = counter.desk->change(code, {{"/components", components}}, "Bổ sung bản quét.");
        return changed || changed.error().problems.empty() ? std::string()
                                                           : changed.error().problems.front().rule;
    }
};

} // namespace

TEST_CASE("a change may not bring what is not in the store, nor more files than a dossier can have")
{
    FileDeskBench bench;
    const std::string code = bench.counter.desk->receive(bench.counter.draft())->code;
    Json components = bench.counter.desk->dossiers().byCode(code)->dossier["components"];
    const auto before = bench.counter.desk->queue().summary()->waiting;

    REQUIRE(components.size() > 1);
    for (int i = 0; i < 21; ++i) {
        components[static_cast<std::size_t>(i % 2)]["files"].push_back(bench.page(i));
    }
    Json& files = components[0]["files"];
    CHECK(bench.refusalOf(code, components) == "too-many-files");
    files.erase(0);
    files[0]["sha256"] = std::string(64, 'a');
    CHECK(bench.refusalOf(code, components) == "file-unknown");
    files[0] = bench.page(100);
    files[0]["size"] = 3'000;
    CHECK(bench.refusalOf(code, components) == "file-differs");
    CHECK(bench.counter.desk->queue().summary()->waiting == before);

    files[0] = bench.page(100);
    CHECK(bench.refusalOf(code, components).empty());
    CHECK(bench.counter.desk->queue().filesWaiting()->count == 20);
    files[0]["size"] = 3'000; // known by its digest, and something else all the same
    CHECK(bench.refusalOf(code, components) == "file-differs");
    CHECK(bench.counter.findings().empty());
}
