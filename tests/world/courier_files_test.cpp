// SPDX-License-Identifier: GPL-3.0-or-later
// Scans that travel by stick: behind the text, proven by nothing but the portal's answer, in a race with the
// network, and past sticks that lie.
#include "tests/world/courier_scans.h"

using namespace motcua;
using namespace std::chrono_literals;

TEST_CASE("a dossier's scans travel on the stick, and are there when the portal's answer says so")
{
    const std::vector<std::string> scans{samplePdf(300'000, 1), samplePdf(9'000, 2)};
    CutOff story(201, scans);
    MemoryStick stick;
    MemoryStick answers;
    WorldCourier courier(story.counter());

    const auto written = good(courier.out.write(stick, "Lan"));
    CHECK(written.operations == 1);
    CHECK(written.files == 2);
    CHECK(written.volumes.size() == 1);
    CHECK(story.filesWaiting() == 2); // the stick may be lost

    CHECK(atStation(story.world, stick, answers).front().files == 2);
    CHECK(atPortal(story.world, scans[0]).bytes == scans[0]);
    CHECK(story.filesWaiting() == 2); // the answer may be lost, too

    const auto read = good(courier.read(answers));
    CHECK(read.sum.acknowledged == 1);
    CHECK(read.sum.filesHeld == 2);
    CHECK(story.filesWaiting() == 0);
    const auto again = good(courier.read(answers));
    CHECK(again.repeated == 1);
    CHECK(again.sum.filesHeld == 0);
    allIsWell(story.world);
    CHECK(story.world.portal().blobs().appended == 309'000); // and nothing of it went over the network
}

TEST_CASE("the network brings a part of a scan, the stick the rest, and then the network again")
{
    const std::string scan = samplePdf(900'000);
    CutOff story(202, {scan});
    MemoryStick stick;
    MemoryStick answers;
    WorldCourier courier(story.counter());
    CHECK(good(courier.out.write(stick, "Lan")).files == 1);

    int pieces = 0;
    story.counter().network().isDown = false;
    story.counter().network().departs = [&](const Request& request) {
        pieces += request.method == "PATCH" ? 1 : 0;
        story.counter().network().isDown = pieces == 3;
    };
    story.world.runFor(1h);
    const auto before = atPortal(story.world, scan).bytes.size();
    CHECK(before > 0);
    CHECK(before < scan.size());

    CHECK(atStation(story.world, stick, answers).front().files == 1);
    CHECK(atPortal(story.world, scan).isComplete);
    CHECK(story.world.portal().blobs().appended == 900'000); // each byte once, whoever brought it

    story.counter().network().departs = {};
    story.counter().network().isDown = false;
    story.world.runFor(1h);
    CHECK(story.filesWaiting() == 0); // the network heard of it first
    CHECK(good(courier.read(answers)).sum.filesHeld == 0);
    allIsWell(story.world);
    CHECK(story.world.portal().blobs().appended == 900'000);
}

TEST_CASE("the network was faster: the stick brings nothing twice")
{
    const std::string scan = samplePdf(200'000);
    CutOff story(203, {scan});
    MemoryStick stick;
    MemoryStick answers;
    WorldCourier courier(story.counter());
    CHECK(good(courier.out.write(stick, "Lan")).files == 1);
    story.counter().network().isDown = false;
    story.world.runFor(1h);
    CHECK(story.filesWaiting() == 0);

    CHECK(atStation(story.world, stick, answers).front().files == 1);
    CHECK(good(courier.read(answers)).sum.filesHeld == 0);
    CHECK(story.world.portal().blobs().appended == 200'000);
    MemoryStick next;
    CHECK(good(courier.out.write(next, "Lan")).files == 0);
    allIsWell(story.world);
}

TEST_CASE("a scan that did not arrive with its dossier goes with the next stick")
{
    const std::string scan = samplePdf(60'000);
    CutOff story(204, {scan});
    WorldCourier courier(story.counter());
    story.counter().store().shelf.files.clear();
    MemoryStick first;
    MemoryStick back;
    const auto written = good(courier.out.write(first, "Lan"));
    CHECK(written.operations == 1);
    CHECK(written.filesMissing == 1);
    static_cast<void>(atStation(story.world, first, back));
    CHECK(good(courier.read(back)).sum.acknowledged == 1);
    CHECK(story.filesWaiting() == 1);

    MemorySource paper(scan);
    REQUIRE(story.counter().store().files->add(paper, FileKind::Pdf)); // scanned once more
    MemoryStick second;
    MemoryStick answers;
    const auto again = good(courier.out.write(second, "Lan"));
    CHECK(again.operations == 0);
    CHECK(again.files == 1);
    CHECK(atStation(story.world, second, answers).front().files == 1);
    CHECK(good(courier.read(answers)).sum.filesHeld == 1);
    allIsWell(story.world);
}

TEST_CASE("a stick whose scan is not what its digest says: the portal keeps the dossier and not the scan")
{
    /// A counter that lies, or a memory that failed: other bytes under a good name.
    class Liar final : public CourierFiles
    {
    public:
        Liar(CourierFiles& honest, std::string bytes) : m_honest(honest), m_bytes(std::move(bytes)) {}
        Result<std::vector<BundleFile>> wanted(const std::vector<Position>& operations) override
        {
            return m_honest.wanted(operations);
        }
        Result<std::unique_ptr<BundleSource>> open(const BundleFile&) override
        {
            return std::unique_ptr<BundleSource>(std::make_unique<TextSource>(m_bytes));
        }
        Result<bool> noteHeld(const BundleFile& file, const AnswerMoment& moment) override
        {
            return m_honest.noteHeld(file, moment);
        }

    private:
        CourierFiles& m_honest;
        std::string m_bytes;
    };
    const std::string scan = samplePdf(80'000, 1);
    CutOff story(205, {scan});
    WorldCourier courier(story.counter());
    Liar liar(courier.files, samplePdf(80'000, 3));
    SeededRandom random(7);
    Queue queue(*story.counter().store().connection, story.counter().store().identity().install);
    CourierOut out(courier.desk, *story.counter().store().portal, queue, story.counter().store().clock,
                   random, CourierOptions{"motcua 9.9", 1'000'000}, &liar);
    MemoryStick stick;
    MemoryStick answers;

    CHECK(good(out.write(stick, "Lan")).files == 1);
    const auto report = atStation(story.world, stick, answers).front();
    CHECK(report.results.at("applied") == 1);
    CHECK(report.files == 0);
    const auto read = good(courier.read(answers));
    CHECK(read.sum.acknowledged == 1);
    CHECK(read.sum.filesHeld == 0);
    CHECK(story.filesWaiting() == 1);

    story.counter().network().isDown = false; // the good bytes begin anew
    allIsWell(story.world);
    CHECK(atPortal(story.world, scan).bytes == scan);
}

TEST_CASE("a stick that was changed on its way brings neither text nor scan, and the next one does")
{
    const std::string scan = samplePdf(120'000);
    CutOff story(206, {scan});
    WorldCourier courier(story.counter());
    MemoryStick stick;
    static_cast<void>(good(courier.out.write(stick, "Lan")));
    const std::string whole = stick.files.begin()->second;
    for (const std::size_t at : {whole.size() / 3, whole.size() / 2, whole.size() - 40}) {
        MemoryStick spoiled = stick;
        MemoryStick none;
        spoiled.files.begin()->second[at] ^= 1;
        const auto reports = atStation(story.world, spoiled, none);
        CHECK(reports.front().volumes.front().refusal);
        MemoryStick cut = stick;
        cut.files.begin()->second.resize(at);
        CHECK(atStation(story.world, cut, none).front().volumes.front().refusal);
        CHECK(none.files.empty());
    }
    CHECK(story.world.portal().dossiers().empty());
    CHECK(story.world.portal().blobs().appended == 0);

    MemoryStick answers;
    static_cast<void>(atStation(story.world, stick, answers));
    MemoryStick spoiled = answers;
    spoiled.files.begin()->second[spoiled.files.begin()->second.size() / 2] ^= 1;
    CHECK(good(courier.read(spoiled)).refused.size() == 1);
    CHECK(story.filesWaiting() == 1);
    CHECK(good(courier.read(answers)).sum.filesHeld == 1);
    allIsWell(story.world);
}

TEST_CASE("a stick too small for the scans still carries the text")
{
    CutOff story(207, {samplePdf(18'000'000), samplePdf(50'000, 2)});
    WorldCourier courier(story.counter(), 1, 20'000'000);
    MemoryStick stick;
    stick.capacity = 2'000'000;
    MemoryStick answers;

    const auto written = good(courier.out.write(stick, "Lan"));
    CHECK(written.operations == 1);
    CHECK(written.volumes.size() == 1);
    CHECK(written.files == 0);
    CHECK(written.filesLeft == 2);
    CHECK(atStation(story.world, stick, answers).front().results.at("applied") == 1);
    const auto read = good(courier.read(answers));
    CHECK(read.sum.acknowledged == 1);
    CHECK(read.sum.missing == std::vector<std::int64_t>{2});
    CHECK(story.filesWaiting() == 2);
    story.counter().network().isDown = false;
    allIsWell(story.world);
}

TEST_CASE("the portal was restored after it had answered: what it held of scans is asked about again")
{
    const std::string scan = samplePdf(70'000);
    CutOff story(208, {scan});
    const auto backup = story.world.portal().copyDisk();
    WorldCourier courier(story.counter());
    MemoryStick stick;
    MemoryStick answers;
    static_cast<void>(good(courier.out.write(stick, "Lan")));
    static_cast<void>(atStation(story.world, stick, answers));
    CHECK(good(courier.read(answers)).sum.filesHeld == 1);
    story.world.portal().restore(backup);
    story.world.portal().blobs().blobs.clear();

    story.counter().network().isDown = false;
    allIsWell(story.world);
    CHECK(atPortal(story.world, scan).isComplete);
    CHECK(good(courier.read(answers)).refused.size() == 1); // from before
}
