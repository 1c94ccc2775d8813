// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that lay about while the portal went back: what they say of scans is not believed.
#include "tests/world/courier_scans.h"

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("a portal that went back and did not say so: an answer from before is not believed about scans")
{
    const bool isKnownBefore = GENERATE(false, true);
    const std::string scan = samplePdf(70'000);
    CutOff story(209, {scan});
    const auto backup = story.world.portal().copyDisk();
    WorldCourier courier(story.counter());
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(good(courier.out.write(stick, "Lan")));
    CHECK(atStation(story.world, stick, answers).front().files == 1);
    if (isKnownBefore) {
        CHECK(good(courier.read(answers)).sum.filesHeld == 1);
    }
    story.world.runFor(1h);
    story.world.portal().rewind(backup);
    story.world.portal().blobs().blobs.clear();

    auto& network = story.counter().network();
    network.departs = [&](const Request& request) { network.isDown = request.method == "PATCH"; };
    story.world.runFor(1h);
    CHECK(story.world.portal().dossiers().size() == 1); // the text goes again, and the scan is due
    CHECK(story.filesWaiting() == 1);
    CHECK(good(courier.read(answers)).sum.filesHeld == 0);
    CHECK(story.filesWaiting() == 1);

    network.departs = {};
    network.isDown = false;
    allIsWell(story.world);
    CHECK(atPortal(story.world, scan).bytes == scan);
}

TEST_CASE("scans that the portal was doubted to have are not believed by an older answer, but by a newer one")
{
    const std::string scan = samplePdf(70'000);
    CutOff story(210, {scan});
    WorldCourier courier(story.counter());
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(good(courier.out.write(stick, "Lan")));
    static_cast<void>(atStation(story.world, stick, answers));
    story.world.advance(1min);
    REQUIRE(story.counter().store().portal->doubtFiles("lost some"));
    const auto old = good(courier.read(answers));
    CHECK(old.sum.acknowledged == 1);
    CHECK(old.sum.filesHeld == 0);

    story.world.advance(1min);
    MemoryStick next;
    MemoryStick back;
    CHECK(good(courier.out.write(next, "Lan")).files == 1);
    static_cast<void>(atStation(story.world, next, back));
    CHECK(good(courier.read(back)).sum.filesHeld == 1);
    allIsWell(story.world);
}

TEST_CASE("the engine hears of another epoch while an answer is read: nothing more of it is taken")
{
    /// The register's other connection is quicker with it.
    class Overtaken final : public BundleSource, public CourierFiles
    {
    public:
        Overtaken(CutOff& story, CourierFiles& honest, std::string bytes)
            : m_story(story), m_honest(honest), m_bytes(std::move(bytes)), m_source(m_bytes)
        {}
        Result<std::size_t> read(char* into, std::size_t count) override
        {
            return m_source.read(into, count);
        }
        Result<void> rewind() override
        {
            TRY(++m_times == 2 && !isAtFiles ? hear() : Result<void>());
            return m_source.rewind();
        }
        Result<std::vector<BundleFile>> wanted(const std::vector<Position>& operations) override
        {
            return m_honest.wanted(operations);
        }
        Result<std::unique_ptr<BundleSource>> open(const BundleFile& file) override
        {
            return m_honest.open(file);
        }
        Result<bool> noteHeld(const BundleFile& file, const AnswerMoment& moment) override
        {
            TRY(hear());
            return m_honest.noteHeld(file, moment);
        }

        bool isAtFiles = false;

    private:
        Result<void> hear()
        {
            return m_story.counter().store().portal->restartPull("another", PortalStore::WentBack);
        }

        CutOff& m_story;
        CourierFiles& m_honest;
        std::string m_bytes;
        TextSource m_source;
        int m_times = 0;
    };
    const std::string scan = samplePdf(70'000);
    CutOff story(211, {scan});
    WorldCourier courier(story.counter());
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(good(courier.out.write(stick, "Lan")));
    static_cast<void>(atStation(story.world, stick, answers));
    Overtaken overtaken(story, courier.files, answers.files.begin()->second);
    overtaken.isAtFiles = GENERATE(false, true);
    CourierIn in(courier.desk, *story.counter().store().portal, &overtaken);

    const auto read = in.read(overtaken);

    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::Refused);
    CHECK(read.error().detail == kBeforeRestore);
    CHECK(story.counter().waiting() == (overtaken.isAtFiles ? 0 : 1));
    CHECK(story.filesWaiting() == 1);
    CHECK(good(courier.read(answers)).refused.size() == 1);
    story.counter().network().isDown = false;
    allIsWell(story.world);
    CHECK(story.filesWaiting() == 0);
    CHECK(atPortal(story.world, scan).isComplete);
}
