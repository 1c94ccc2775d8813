// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/bundle_keys.h"
#include "sync/bundle/bundle_reader.h"
#include "sync/bundle/bundle_writer.h"
#include "sync/bundle/letters.h"
#include "sync/protocol/answers.h"
#include "sync/reference_portal/courier_station.h"
#include "tests/portal/portal_world.h"
#include "tests/support/memory_stick.h"

namespace motcua::test {

/// A counter's end: its stick, and what it reads from the answer.
class StickCounter : public TestCounter
{
public:
    StickCounter(PortalWorld& world, char letter, const std::string& unit = "H26.131")
        : TestCounter(world, letter, unit), m_world(world), m_pair(pairOf(letter))
    {}

    [[nodiscard]] MemoryStick written(const std::vector<Operation>& operations, const std::string& file = {})
    {
        ++m_sets;
        return volume(1, 1, operations, file);
    }
    /// One of several in the same set.
    [[nodiscard]] MemoryStick volume(std::int64_t number, std::int64_t count,
                                     const std::vector<Operation>& operations, const std::string& file = {})
    {
        OperationsLetter letter;
        letter.hello = {install, epoch, seq, toHex64(seq), {}, {}, "test 1.0"};
        letter.answerKey = m_pair.publicKey;
        letter.volumes = count;
        letter.operations = static_cast<std::int64_t>(operations.size());
        letter.files = file.empty() ? 0 : 1;
        BundleHeader header;
        header.unit = enrolment.unit;
        header.install = install;
        header.set = toHex(sha256(install + std::to_string(m_sets))).substr(0, 32);
        header.volume = number;
        header.from = 1;
        header.to = seq;
        header.at = m_world.clock.now();
        header.portalEpoch = enrolment.portalEpoch;
        header.letter = toJson(letter);
        MemoryStick stick;
        const auto recipient = sealKeyOf(enrolment.keys.front());
        const auto signer = deviceSigner(enrolment.token);
        auto created = stick.create(bundleFileName(header));
        REQUIRE(recipient);
        REQUIRE(signer);
        REQUIRE(created);
        BundleWriter writer(**created, *recipient);
        REQUIRE(writer.begin(header));
        for (const Operation& operation : operations) {
            REQUIRE(writer.add(RecordKind::Operation, composeLine(operation)));
        }
        if (!file.empty()) {
            const BundleFile named{toHex(sha256(file)), static_cast<std::int64_t>(file.size()), false};
            REQUIRE(writer.add(RecordKind::File, fileText(named)));
            REQUIRE(writer.add(RecordKind::FileBytes, file));
        }
        REQUIRE(writer.finish(*signer, number == count));
        REQUIRE((*created)->place());
        return stick;
    }

    /// The results on an answer's stick, each with its proof checked; and how many changes came with them.
    [[nodiscard]] std::vector<std::string> heard(MemoryStick& answers,
                                                 const std::vector<Operation>& operations)
    {
        std::vector<std::string> outcomes;
        for (const std::string& name : answers.names()) {
            auto source = answers.open(name);
            REQUIRE(source);
            const auto keys = m_world.portal().keys().keys();
            REQUIRE(keys);
            const auto proven = proveBundle(
                **source, std::span(&m_pair, 1),
                [&keys](const BundleHeader&) { return Result<std::vector<PortalKey>>(*keys); },
                [&](const BundleRecord& record) {
                    if (record.kind == RecordKind::Results) {
                        take(record.bytes, operations, outcomes);
                    }
                    pages += record.kind == RecordKind::Page ? 1 : 0;
                    if (record.kind == RecordKind::Files) {
                        files = *readFilesText(record.bytes);
                    }
                    return Result<void>();
                });
            INFO((proven ? std::string() : proven.error().detail));
            REQUIRE(proven);
            CHECK(proven->header.kind == BundleKind::Answer);
        }
        return outcomes;
    }

    int pages = 0;
    std::vector<BundleFile> files; ///< what the answer says of them

private:
    [[nodiscard]] static SealPair pairOf(char letter)
    {
        auto pair = sealPairFromSeed(Secret(std::string(32, letter)));
        REQUIRE(pair);
        return std::move(*pair);
    }
    void take(const std::string& text, const std::vector<Operation>& operations,
              std::vector<std::string>& outcomes)
    {
        const auto json = parseJson(text);
        REQUIRE(json);
        const auto results = resultsFromJson(*json);
        REQUIRE(results);
        for (const OpResult& result : results->results) {
            const Operation& sent = operations.at(outcomes.size());
            CHECK(result.op == sent.op);
            checkReceipt(result, digestOf(composeLine(sent)), results->portalEpoch);
            outcomes.push_back(described(result));
        }
    }

    PortalWorld& m_world;
    SealPair m_pair;
    int m_sets = 0;
};

/// What the station says of the one set on a stick.
inline portal::StationReport atStation(PortalWorld& world, portal::Portal& portal, MemoryStick& stick,
                                       MemoryStick& answers)
{
    portal::CourierStation station(portal, world.clock, world.store.folder.path());
    const auto reports = station.take(stick, stick.names(), answers);
    INFO((reports ? std::string() : reports.error().detail));
    REQUIRE(reports);
    REQUIRE(reports->size() == 1);
    return reports->front();
}

using Words = std::vector<std::string>;

} // namespace motcua::test
