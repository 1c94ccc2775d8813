// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/three_way.h"

#include "core/base/check.h"
#include "core/base/random.h"
#include "core/catalogue/catalogue.h"
#include "core/dossier/patch.h"
#include "core/dossier/status.h"

#include <catch2/catch.hpp>
#include <set>

using namespace motcua;

namespace {

/// The rules as shipped, for a birth.
const FieldRules& rules()
{
    static const FieldRules kRules = [] {
        const auto catalogue = Catalogue::load(MOTCUA_SOURCE_DIR "/resources/catalogue");
        require(catalogue.has_value(), "the shipped catalogue loads");
        return catalogue->fieldRules(
            "1.001193", Day{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{21}});
    }();
    return kRules;
}

Json paper(const std::string& code, int originals = 1)
{
    return {{"code", code}, {"name", "Giấy " + code}, {"originals", originals}, {"copies", 0}};
}

/// A small dossier with values of few kinds, so that the three sides often agree and often do not.
Json randomDossier(SeededRandom& dice)
{
    const auto word = [&](std::uint64_t kinds) {
        return std::string(1, static_cast<char>('A' + dice.below(kinds)));
    };
    Json dossier{{"applicant", {{"name", word(3)}, {"phone", word(3)}, {"address", word(3)}}},
                 {"form", {{"child", {{"name", word(2)}}}, {"matter", word(3)}, {"feeWaiver", word(2)}}},
                 {"fees", Json::array({{{"code", "x"}, {"amount", dice.below(3)}}})},
                 {"components", Json::array()},
                 {"note", "dòng 1"}};
    for (const char* code : {"a", "b", "c", "d"}) {
        if (dice.below(2) == 0) {
            dossier["components"].push_back(paper(code, static_cast<int>(dice.below(2))));
        }
    }
    for (std::uint64_t i = dice.below(3); i > 0; --i) {
        dossier["note"] = dossier["note"].get<std::string>() + "\n" + word(4);
    }
    return dossier;
}

const std::vector<std::string>& pointers()
{
    static const std::vector<std::string> kPointers{"/applicant/name",
                                                    "/applicant/phone",
                                                    "/applicant/address",
                                                    "/form/child/name",
                                                    "/form/matter",
                                                    "/form/feeWaiver",
                                                    "/fees",
                                                    "/components",
                                                    "/note"};
    return kPointers;
}

Json setFrom(const Json& dossier)
{
    Json set = Json::object();
    for (const std::string& pointer : pointers()) {
        set[pointer] = *findAt(dossier, pointer);
    }
    return set;
}

/// Every text and number in a value.
void leavesOf(const Json& value, std::multiset<std::string>& leaves)
{
    if (value.is_structured()) {
        for (const Json& member : value) {
            leavesOf(member, leaves);
        }
    } else if (value.is_string()) {
        std::string line;
        for (const char c : value.get<std::string>() + "\n") {
            if (c == '\n') {
                leaves.insert(line);
                line.clear();
            } else {
                line += c;
            }
        }
    } else {
        leaves.insert(dumpJson(value));
    }
}

std::multiset<std::string> leaves(const Json& value)
{
    std::multiset<std::string> found;
    leavesOf(value, found);
    return found;
}

} // namespace

TEST_CASE("a three-way merge keeps what only we changed and asks where both did")
{
    const Json base{{"applicant", {{"name", "A"}, {"phone", "1"}}}, {"form", {{"x", "1"}, {"y", "1"}}}};
    Json theirs = base;
    theirs["form"]["x"] = "2";

    CHECK(mergeChange(base, {{"/applicant/phone", "9"}}, theirs, rules()).set ==
          Json({{"/applicant/phone", "9"}}));
    CHECK(mergeChange(base, {{"/form/x", "2"}}, theirs, rules()).set.empty());
    CHECK(mergeChange(base, {{"/form/x", "2"}}, theirs, rules()).conflicts.empty());
    const Merge both = mergeChange(base, {{"/form/x", "3"}, {"/form/y", "3"}}, theirs, rules());
    CHECK(both.set == Json({{"/form/y", "3"}}));
    REQUIRE(both.conflicts.size() == 1);
    CHECK(both.conflicts.front().pointer == "/form/x");
    CHECK(both.conflicts.front().base == "1");
    CHECK(both.conflicts.front().ours == "3");
    CHECK(both.conflicts.front().theirs == "2");
    // Nothing of ours was changed there: theirs stands.
    CHECK(mergeChange(base, {{"/form/x", "1"}}, theirs, rules()).set.empty());
    CHECK(mergeChange(base, {{"/form/x", "1"}}, theirs, rules()).conflicts.empty());
}

TEST_CASE("a field whose parent the portal removed is a conflict, never lost")
{
    const Json base{{"form", {{"child", {{"name", "A"}}}}}};
    const Json theirs{{"form", Json::object()}};
    const Merge merge = mergeChange(base, {{"/form/child/name", "B"}}, theirs, rules());
    CHECK(merge.set.empty());
    REQUIRE(merge.conflicts.size() == 1);
    CHECK(merge.conflicts.front().theirs.is_null());

    // A person who takes ours puts the group in again with it.
    CHECK(withParents({{"/form/child/name", "B"}}, theirs) == Json({{"/form/child", {{"name", "B"}}}}));
    CHECK(withParents({{"/form/child/name", "B"}, {"/form/child/gender", "female"}}, theirs) ==
          Json({{"/form/child", {{"name", "B"}, {"gender", "female"}}}}));
    CHECK(withParents({{"/form/matter", "x"}}, theirs) == Json({{"/form/matter", "x"}}));
}

TEST_CASE("whoever the rule names wins, and a person where it names nobody")
{
    const Json base{{"officialCode", nullptr}};
    const Json theirs{{"officialCode", "X"}};
    CHECK(mergeChange(base, {{"/officialCode", "Y"}}, theirs, rules()).conflicts.empty());
    CHECK(mergeChange(base, {{"/officialCode", "Y"}}, theirs, rules()).set.empty());
    // Only ours was changed: no rule is asked, nothing is lost.
    CHECK(mergeChange(theirs, {{"/officialCode", "Y"}}, theirs, rules()).set ==
          Json({{"/officialCode", "Y"}}));

    const Json a{{"applicant", {{"name", "A"}, {"phone", "1"}}}, {"fees", Json::array()}};
    const Json b{{"applicant", {{"name", "B"}, {"phone", "2"}}}, {"fees", Json::array({1})}};
    const Merge merge = mergeChange(
        a, {{"/applicant/name", "C"}, {"/applicant/phone", "3"}, {"/fees", Json::array({2})}}, b, rules());
    CHECK(merge.set.empty());
    REQUIRE(merge.conflicts.size() == 3);
    const ConflictField& name = merge.conflicts[0];
    CHECK((name.fieldClass == "identity" && name.needsReason && name.needsLeader && name.needsPaper));
    const ConflictField& phone = merge.conflicts[1];
    CHECK((phone.fieldClass == "contact" && !phone.needsReason && phone.offersLater));
    CHECK((merge.conflicts[2].fieldClass == "money" && merge.conflicts[2].needsReason));
}

TEST_CASE("papers that either side added all stay, and one goes only when the other left it alone")
{
    const Json base{{"components", {paper("a"), paper("b")}}};
    const auto merged = [&](const Json& ours, const Json& theirs) {
        return mergeChange(base, {{"/components", ours}}, {{"components", theirs}}, rules());
    };
    const auto codes = [](const Merge& merge) {
        std::string text;
        for (const Json& item : at(merge.set, "/components")) {
            text += stringAt(item, "code") + std::to_string(item["originals"].get<int>());
        }
        return text;
    };

    CHECK(codes(merged({paper("a"), paper("b"), paper("d")}, {paper("a"), paper("b"), paper("c")})) ==
          "a1b1c1d1");
    CHECK(codes(merged({paper("a"), paper("c")}, {paper("a"), paper("b"), paper("d")})) == "a1c1d1");
    CHECK(codes(merged({paper("a", 2), paper("b")}, {paper("a"), paper("b", 3)})) == "a2b3");
    // Removed here, counted anew there; counted differently on both sides: a person's.
    CHECK(merged({paper("a")}, {paper("a"), paper("b", 2)}).conflicts.size() == 1);
    CHECK(merged({paper("a", 2), paper("b")}, {paper("a", 3), paper("b")}).conflicts.size() == 1);
    // Two of one code cannot be told apart.
    CHECK(merged({paper("a"), paper("a", 2)}, {paper("b")}).conflicts.size() == 1);
}

TEST_CASE("scans of one paper are united, and absence removes nothing")
{
    Json base{{"components", {paper("a")}}};
    Json ours = base;
    Json theirs = base;
    ours["components"][0]["files"] = Json::array({{{"sha256", "1"}}});
    theirs["components"][0]["files"] = Json::array({{{"sha256", "2"}}});
    const Merge merge = mergeChange(base, {{"/components", ours["components"]}}, theirs, rules());
    REQUIRE(merge.conflicts.empty());
    CHECK(merge.set["/components"][0]["files"].size() == 2);

    // The portal began to list papers that this operation never knew.
    const Merge unseen =
        mergeChange({}, {{"/components", {paper("x")}}}, {{"components", {paper("y")}}}, rules());
    CHECK(unseen.set["/components"].size() == 2);
}

TEST_CASE("a date is corrected as one value, halves of two dates are joined by nobody")
{
    const Json first{
        {"applicant", {{"birth", {{"text", "12/03/1984"}, {"precision", "day"}}}, {"name", "A"}}}};
    Json later = first;
    later["applicant"]["birth"] = {{"text", "1984"}, {"precision", "year"}};
    later["applicant"]["name"] = "B";

    CHECK(corrections(first, later) ==
          Json{{"/applicant/birth", later["applicant"]["birth"]}, {"/applicant/name", "B"}});
    later["applicant"]["birth"] = {{"text", "13/03/1984"}, {"precision", "day"}};
    CHECK(corrections(first, later)["/applicant/birth"] == later["applicant"]["birth"]);
}

TEST_CASE("lines of the remarks are united as long as both sides only added")
{
    const Json base{{"note", "cũ"}};
    const auto merged = [&](const char* ours, const char* theirs) {
        return mergeChange(base, {{"/note", ours}}, {{"note", theirs}}, rules());
    };
    CHECK(merged("cũ\nta", "cũ\nhọ").set["/note"] == "cũ\nhọ\nta");
    CHECK(merged("cũ\nta\nhọ", "cũ\nhọ").set["/note"] == "cũ\nhọ\nta");
    CHECK(merged("cũ\nta", "mới").conflicts.size() == 1);
    CHECK(merged("khác", "cũ\nhọ").conflicts.size() == 1);
    const std::string longText = "cũ\n" + std::string(3999, 'x');
    CHECK(merged(longText.c_str(), "cũ\nhọ").conflicts.size() == 1);
}

TEST_CASE("any three sides: the laws of a merge hold")
{
    const std::uint64_t seed = 20261122;
    SeededRandom dice(seed);
    for (int round = 0; round < 6'000; ++round) {
        const Json base = randomDossier(dice);
        const Json ours = dice.below(8) == 0 ? base : randomDossier(dice);
        const Json theirs = dice.below(8) == 0 ? base : randomDossier(dice);
        INFO("seed " << seed << " round " << round << "\n" << base << "\n" << ours << "\n" << theirs);

        const Merge merge = mergeChange(base, setFrom(ours), theirs, rules());
        const Merge again = mergeChange(base, setFrom(ours), theirs, rules());
        const Merge mirrored = mergeChange(base, setFrom(theirs), ours, rules());

        REQUIRE(merge.set == again.set);
        std::set<std::string> asked;
        for (const ConflictField& field : merge.conflicts) {
            asked.insert(field.pointer);
        }
        for (const std::string& pointer : pointers()) {
            const Json& b = *findAt(base, pointer);
            const Json& o = *findAt(ours, pointer);
            const Json& t = *findAt(theirs, pointer);
            const Json& result = merge.set.contains(pointer) ? merge.set[pointer] : t;
            const auto settle = rules().rule(pointer).both;
            // Exactly where all three differ and the rule names a person.
            if (o == t || o == b || t == b) {
                REQUIRE_FALSE(asked.contains(pointer));
                REQUIRE(result == (o == t || o == b ? t : o));
            } else if (settle == Settle::Person) {
                REQUIRE(asked.contains(pointer));
            }
            if (asked.contains(pointer)) {
                REQUIRE_FALSE(merge.set.contains(pointer));
                continue;
            }
            // Nothing is invented, nothing that a side added is lost.
            const auto from = [&] {
                auto all = leaves(b);
                all.merge(leaves(o));
                all.merge(leaves(t));
                return std::set<std::string>(all.begin(), all.end());
            }();
            for (const std::string& leaf : leaves(result)) {
                REQUIRE(from.contains(leaf));
            }
            if (pointer == "/components" && settle == Settle::Union && o != b && t != b) {
                for (const Json* side : {&o, &t}) {
                    for (const Json& item : *side) {
                        const auto has = [&](const Json& list) {
                            return std::any_of(list.begin(), list.end(), [&](const Json& other) {
                                return other["code"] == item["code"];
                            });
                        };
                        REQUIRE((has(b) || has(result)));
                    }
                }
                // The same whoever merges; of lines only the order may differ.
                const Json& other = mirrored.set.contains(pointer) ? mirrored.set[pointer] : o;
                REQUIRE(other == result);
            }
            if (pointer == "/note") {
                const Json& other = mirrored.set.contains(pointer) ? mirrored.set[pointer] : o;
                REQUIRE(leaves(other) == leaves(result));
            }
        }
        REQUIRE(merge.conflicts.size() == mirrored.conflicts.size());
        // Where no rule may settle anything, nothing is settled.
        const Merge never = mergeChange(base, setFrom(ours), theirs, rules(), Automatic::Never);
        REQUIRE(never.set.empty());
    }
}

TEST_CASE("a move is sent again, done, or a person's")
{
    CHECK(mergeMove("received", "processing", "received") == MoveMerge::SendAgain);
    CHECK(mergeMove("received", "processing", "processing") == MoveMerge::Done);
    CHECK(mergeMove("finished", "returned", "withdrawn") == MoveMerge::Conflict);
    // The further one, where the table of legal moves leads from one to the other.
    CHECK(mergeMove("received", "finished", "processing") == MoveMerge::SendAgain);
    CHECK(mergeMove("received", "processing", "finished") == MoveMerge::Done);
    CHECK(mergeMove("received", "returned", "processing") == MoveMerge::Conflict); // no single step
    CHECK(mergeMove("received", "processing", "supplementing") == MoveMerge::Conflict);
    CHECK(mergeMove("processing", "returned", "returned") == MoveMerge::HandedOver);
    CHECK(mergeMove("received", "nonsense", "received") == MoveMerge::Conflict);
}

TEST_CASE("over all statuses a move that is sent again is legal, and an end is never run over")
{
    for (const Status before : kStatuses) {
        for (const Status to : kStatuses) {
            for (const Status theirs : kStatuses) {
                const MoveMerge merge = mergeMove(statusName(before), statusName(to), statusName(theirs));
                INFO(statusName(before) << " ours " << statusName(to) << " theirs " << statusName(theirs));
                if (merge == MoveMerge::SendAgain) {
                    CHECK(mayMove(theirs, to));
                    CHECK_FALSE(isEnd(theirs));
                }
                const auto isCut = [](Status s) {
                    return s == Status::Withdrawn || s == Status::Stopped || s == Status::Refused;
                };
                if (isCut(to) != isCut(theirs) && theirs != before) {
                    CHECK(merge == MoveMerge::Conflict);
                }
                if (to == Status::Returned && theirs == Status::Withdrawn) {
                    CHECK(merge == MoveMerge::Conflict);
                }
                if (furtherOf(to, theirs) && to != theirs) {
                    CHECK(furtherOf(to, theirs) == furtherOf(theirs, to));
                }
            }
        }
    }
}

TEST_CASE("a dossier that was closed meanwhile, or altered where it is fixed, is told")
{
    const Json base{
        {"status", "processing"}, {"procedure", "1.1"}, {"receivedAt", "x"}, {"channel", "counter"}};
    Json theirs = base;
    CHECK(situationOf(base, theirs) == Situation::Usual);
    theirs["status"] = "withdrawn";
    CHECK(situationOf(base, theirs) == Situation::Closed);
    CHECK(situationOf(theirs, theirs) == Situation::Usual);
    theirs["receivedAt"] = "y";
    CHECK(situationOf(base, theirs) == Situation::Altered);
}
