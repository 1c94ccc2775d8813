// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/base/revision.h"
#include "tests/unit/protocol/operation_samples.h"

#include <catch2/catch.hpp>
#include <functional>

using namespace motcua;
using namespace motcua::test;

namespace {

Json asJson(const Operation& operation)
{
    return Json::parse(composeLine(operation));
}

std::string lineWith(const std::function<void(Json&)>& edit, Operation operation = anOperation())
{
    Json json = asJson(operation);
    edit(json);
    return dumpJson(json);
}

/// The pointers that are complained about, or "good".
std::string complaint(const std::string& line)
{
    const auto operation = parseOperation(line);
    if (operation) {
        return "good";
    }
    std::string all;
    for (const Problem& problem : operation.error()) {
        CHECK_FALSE(problem.message.empty());
        all += (all.empty() ? "" : " ") + problem.pointer;
    }
    return all;
}

Operation ofKind(OpKind kind, const char* body)
{
    Operation operation = anOperation(2);
    operation.kind = kind;
    operation.after = opNumber(1);
    operation.body = Json::parse(body);
    return operation;
}

} // namespace

TEST_CASE("an operation's name says install, epoch and seq, and nothing else is a name")
{
    const std::string install(32, '0');
    const auto parts = splitOpId(install + "-12-345");
    REQUIRE(parts);
    CHECK(parts->epoch == 12);
    CHECK(parts->seq == 345);
    CHECK(makeOpId(*parts).text() == install + "-12-345");
    CHECK(splitOpId(install + "-999999999-999999999999999999"));
    for (const char* tail : {"", "-", "-1", "-1-", "--1", "-0-1", "-1-0", "-01-1", "-1-01", "-1234567890-1",
                             "-1-1234567890123456789", "-1-1 ", "-1-1-1", "-+1-1", "-1-1\n"}) {
        CHECK_FALSE(splitOpId(install + tail));
    }
    CHECK_FALSE(splitOpId(std::string(31, '0') + "-1-1"));
    CHECK_FALSE(splitOpId(std::string(32, 'A') + "-1-1"));
    CHECK_FALSE(splitOpId(""));
}

TEST_CASE("a revision is the head of SHA-256 over previous revision, bar, digest")
{
    const std::string digest = toHex(sha256("line"));
    CHECK(nextRev({}, digest).text() == toHex(sha256("|" + digest)).substr(0, 32));
    CHECK(nextRev(Rev("ab"), digest).text() == toHex(sha256("ab|" + digest)).substr(0, 32));
}

TEST_CASE("the same operation always has the same bytes, and they read back")
{
    Operation operation = ofKind(OpKind::Moved, R"({"to":"processing"})");
    operation.supersedes = opNumber(1);
    operation.after.reset();
    operation.baseRev = Rev(std::string(32, 'b'));
    const std::string line = composeLine(operation);

    CHECK(line == composeLine(operation));
    CHECK(line.find('\n') == std::string::npos);
    const auto read = parseOperation(line);
    REQUIRE(read);
    CHECK(composeLine(*read) == line);
    CHECK(read->place() == opNumber(1));
    CHECK(digestOf(line) == toHex(sha256(line)));
}

TEST_CASE("every member of an operation is required but supersedes")
{
    for (const char* member :
         {"op", "kind", "uid", "after", "baseRev", "at", "official", "schema", "chain", "body"}) {
        CHECK(complaint(lineWith([member](Json& json) { json.erase(member); })) == "/" + std::string(member));
    }
    CHECK(complaint(composeLine(anOperation())) == "good");
}

TEST_CASE("values of an operation keep their form")
{
    const auto set = [](const char* member, Json value) {
        return complaint(lineWith([member, value](Json& json) { json[member] = value; }));
    };
    CHECK(set("uid", "0192F0C1-2B3C-7D4E-8F50-123456789ABC") == "/uid"); // a uid is written in lower case
    CHECK(set("kind", "dossier.deleted") == "/kind");
    CHECK(set("after", "x") == "/after");
    CHECK(set("after", opNumber(1).text()) == "/after"); // itself
    CHECK(set("supersedes", opNumber(1).text()) == "/supersedes");
    CHECK(set("supersedes", nullptr) == "/supersedes");
    CHECK(set("baseRev", "ABC") == "/baseRev");
    CHECK(set("at", "2026-11-21T08:02:03+07:00") == "/at");
    CHECK(set("official", std::string(121, 'x')) == "/official");
    CHECK(set("schema", 2) == "/schema");
    CHECK(set("schema", "1") == "/schema");
    CHECK(set("chain", std::string(63, 'c')) == "/chain");
    CHECK(set("body", 1) == "/body");
    CHECK(set("colour", "red") == "/colour"); // unknown members are refused in operations
    CHECK(complaint(lineWith([](Json& json) { json["body"]["colour"] = 1; })) == "/body/colour");
    CHECK(complaint(lineWith([](Json& json) { json["body"]["applicant"]["colour"] = 1; })) ==
          "/body/applicant/colour");
}

TEST_CASE("a received dossier is received or refused, and has nothing yet that comes later")
{
    const auto body = [](const char* member, Json value) {
        return complaint(lineWith([member, value](Json& json) { json["body"][member] = value; }));
    };
    CHECK(body("status", "refused") == "good");
    CHECK(body("status", "processing") == "/body/status");
    CHECK(body("officialCode", "G1") == "/body/officialCode");
    CHECK(body("finishedAt", "2026-11-21T01:02:03.000Z") == "/body/finishedAt");
    CHECK(body("returnedAt", "2026-11-21T01:02:03.000Z") == "/body/returnedAt");
}

TEST_CASE("bodies belong to their kinds")
{
    CHECK(complaint(composeLine(ofKind(OpKind::Changed, R"({"set":{"/note":"x"}})"))) == "good");
    CHECK(complaint(composeLine(ofKind(OpKind::Changed, R"({"set":{"/code":"x"}})"))) == "/body/set/~1code");
    CHECK(complaint(composeLine(ofKind(OpKind::Changed, R"({"set":{}})"))) == "/body/set");
    CHECK(complaint(composeLine(ofKind(OpKind::Moved, R"({"to":"processing"})"))) == "good");
    CHECK(complaint(composeLine(ofKind(OpKind::Moved, R"({"to":"elsewhere"})"))) == "/body/to");

    Operation cancelling = ofKind(OpKind::Cancelled, R"({"reason":"nhầm"})");
    CHECK(complaint(composeLine(cancelling)) == "/after /supersedes");
    cancelling.after.reset();
    cancelling.supersedes = opNumber(1);
    CHECK(complaint(composeLine(cancelling)) == "good");
    cancelling.baseRev = Rev(std::string(32, 'b'));
    CHECK(complaint(composeLine(cancelling)) == "/baseRev");
}

TEST_CASE("a line that breaks the rules still says which operation it is")
{
    const std::string good = composeLine(anOperation());

    SECTION("a repeated member")
    {
        const OperationLine line = readLine(good.substr(0, good.size() - 1) + R"(,"kind":"dossier.moved"})");
        CHECK(line.op == opNumber(1));
        CHECK_FALSE(line.operation);
    }
    SECTION("a repeated op is no readable op")
    {
        CHECK_FALSE(readLine(good.substr(0, good.size() - 1) + R"(,"op":")" + opNumber(2).text() + "\"}").op);
    }
    SECTION("a byte order mark, a carriage return")
    {
        CHECK(readLine("\xEF\xBB\xBF" + good).op == opNumber(1));
        CHECK_FALSE(readLine("\xEF\xBB\xBF" + good).operation);
        CHECK(readLine(good + "\r").op == opNumber(1));
        CHECK_FALSE(readLine(good + "\r").operation);
    }
    SECTION("too deep")
    {
        const std::string deep = std::string(5000, '[') + std::string(5000, ']');
        const OperationLine line =
            readLine(R"({"body":{"form":)" + deep + R"(},"op":")" + opNumber(1).text() + "\"}");
        CHECK(line.op == opNumber(1));
        CHECK_FALSE(line.operation);
    }
    SECTION("too large")
    {
        const OperationLine line = readLine(
            lineWith([](Json& json) { json["body"]["form"]["x"] = std::string(kOperationBytesMax, 'x'); }));
        CHECK(line.op == opNumber(1));
        CHECK(line.isTooLarge);
        CHECK(line.uid == anOperation().uid);
        CHECK(line.chain == std::string(64, 'c'));
    }
    SECTION("no operation at all")
    {
        for (const char* text : {"", "x", "[]", "1", "null", "{}", R"({"op":1})", R"({"op":"x"})",
                                 "{\"op\":\"\xff\"}", R"([{"op":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1-1"}])"}) {
            CHECK_FALSE(readLine(text).op);
        }
        CHECK_FALSE(readLine(good.substr(0, good.size() - 1)).op); // truncated
    }
}
