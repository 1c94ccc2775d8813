// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer about a file means, and how large its pieces are.
#include "sync/engine/piece_size.h"
#include "sync/engine/upload_answer.h"

#include "tests/support/fake_clock.h"

#include <catch2/catch.hpp>

using namespace motcua;

namespace {

const Instant kNow = FakeClock().now();

Reply answer(int status, Headers headers = {}, std::string body = {})
{
    return {Failure::None, status, std::move(headers), std::move(body), {}};
}

Reply problem(int status, const std::string& name, Headers headers = {})
{
    headers.emplace_back("Content-Type", "application/problem+json");
    return answer(status, std::move(headers), R"({"type":"urn:motcua:problem:)" + name + R"(","title":"x"})");
}

/// As HEAD gets it: everything but the body.
Reply bodyless(Reply reply)
{
    reply.body.clear();
    return reply;
}

std::string said(const UploadAnswer& answer)
{
    constexpr const char* kWords[] = {"nothing",   "offset",      "complete", "discarded",
                                      "not-known", "not-allowed", "too-large"};
    const bool counts = answer.verdict.isAnswered();
    return std::string(counts ? "" : "(") + kWords[static_cast<int>(answer.word)] +
           (answer.word == UploadWord::Offset ? " " + std::to_string(answer.offset) : "") +
           (counts ? "" : ")");
}

std::string head(const Reply& reply)
{
    return said(readOffset(reply, 1000, kNow));
}

/// 100 bytes at 400 of 1000.
std::string patch(const Reply& reply)
{
    return said(readAppended(reply, 400, 100, 1000, kNow));
}

} // namespace

TEST_CASE("what a question about a file brings back")
{
    CHECK(head(answer(200, {{"Upload-Offset", "0"}})) == "offset 0");
    CHECK(head(answer(200, {{"upload-offset", "999"}})) == "offset 999");
    CHECK(head(answer(200, {{"Upload-Offset", "1000"}})) == "offset 1000"); // all of it, not looked at yet
    CHECK(head(answer(200, {{"Upload-Offset", "1000"}, {"Upload-Complete", "?1"}})) == "complete");
    CHECK(head(answer(200, {{"Upload-Offset", "7"}, {"Upload-Complete", "?0"}})) == "offset 7");

    // No portal that can be believed says these.
    for (const Headers& headers :
         {Headers{}, Headers{{"Upload-Offset", ""}}, Headers{{"Upload-Offset", "-1"}},
          Headers{{"Upload-Offset", "+1"}}, Headers{{"Upload-Offset", "1 "}},
          Headers{{"Upload-Offset", "1001"}}, Headers{{"Upload-Offset", "1e2"}},
          Headers{{"Upload-Offset", "99999999999999999999"}}, Headers{{"Upload-Complete", "?1"}},
          Headers{{"Upload-Offset", "999"}, {"Upload-Complete", "?1"}},
          Headers{{"Upload-Offset", "1000"}, {"Upload-Complete", "1"}},
          Headers{{"Upload-Offset", "1000"}, {"Upload-Complete", "true"}}}) {
        CHECK(head(answer(200, headers)) == "(nothing)");
    }
    CHECK(head(answer(200, {{"Content-Type", "text/html"}}, "<html>")) == "(nothing)");
    CHECK(head(answer(204, {{"Upload-Offset", "1000"}, {"Upload-Complete", "?1"}})) == "(nothing)");
    CHECK(head({Failure::Timeout, 0, {}, {}, {}}) == "(nothing)");

    CHECK(head(bodyless(problem(404, "not-found"))) == "not-known");
    CHECK(head(answer(404)) == "(nothing)"); // somebody's 404, not the portal's
    CHECK(head(answer(404, {{"Content-Type", "text/html"}})) == "(nothing)");
    const auto verdict = [](const Reply& reply) { return readOffset(reply, 1000, kNow).verdict; };
    CHECK(verdict(bodyless(problem(401, "not-enrolled"))).trouble == Trouble::NotEnrolled);
    CHECK(verdict(bodyless(problem(403, "revoked"))).trouble == Trouble::Revoked);
    CHECK(verdict(bodyless(problem(503, "busy", {{"Retry-After", "7"}}))).retryAfter == Millis{7'000});
    CHECK(verdict(bodyless(problem(503, "busy"))).end == RequestEnd::Later);
    CHECK(verdict(answer(503)).end == RequestEnd::Lost);
    CHECK(verdict(answer(302, {{"Location", "https://login"}})).end == RequestEnd::NotPortal);
}

TEST_CASE("what a piece brings back")
{
    CHECK(patch(answer(204, {{"Upload-Offset", "500"}})) == "offset 500");
    CHECK(patch(answer(204, {{"Upload-Offset", "450"}})) == "offset 450"); // taken in part
    CHECK(patch(answer(204, {{"Upload-Offset", "400"}})) == "offset 400");
    CHECK(said(readAppended(answer(204, {{"Upload-Offset", "1000"}, {"Upload-Complete", "?1"}}), 900, 100,
                            1000, kNow)) == "complete");
    CHECK(patch(answer(204, {{"Upload-Offset", "501"}})) == "(nothing)"); // more than was sent
    CHECK(patch(answer(204, {{"Upload-Offset", "399"}})) == "(nothing)");
    CHECK(patch(answer(204)) == "(nothing)");
    CHECK(patch(answer(200, {{"Upload-Offset", "500"}})) == "(nothing)");
    CHECK(patch(answer(204, {{"Upload-Offset", "1000"}, {"Upload-Complete", "?1"}})) == "(nothing)");

    CHECK(patch(problem(409, "wrong-offset", {{"Upload-Offset", "0"}})) == "offset 0");
    CHECK(patch(problem(409, "wrong-offset", {{"Upload-Offset", "900"}})) == "offset 900");
    CHECK(patch(problem(409, "wrong-offset", {{"Upload-Offset", "1000"}, {"Upload-Complete", "?1"}})) ==
          "complete");
    CHECK(patch(problem(409, "wrong-offset")) == "(nothing)");
    CHECK(patch(answer(409, {{"Upload-Offset", "0"}})) == "(nothing)"); // not the portal's word
    CHECK(readAppended(problem(409, "chain-fork", {{"Upload-Offset", "0"}}), 0, 1, 1000, kNow)
              .verdict.trouble == Trouble::ChainFork);
    CHECK(patch(problem(422, "digest-mismatch")) == "discarded");
    CHECK(patch(problem(422, "bad-request")) == "not-allowed");
    CHECK(patch(problem(413, "too-large")) == "too-large");
    CHECK(patch(problem(404, "not-found")) == "not-known");
    CHECK(patch(problem(400, "bad-request")) == "(nothing)");
    CHECK(patch(problem(500, "busy")) == "(nothing)");
    CHECK(patch(answer(422)) == "(nothing)");
    CHECK(patch({Failure::Reset, 0, {}, {}, {}}) == "(nothing)");
}

TEST_CASE("pieces double after three good ones, halve after a loss, and stay between their bounds")
{
    PieceSize piece;
    const auto good = [&](int times, Millis took = Millis{10}) {
        for (int i = 0; i < times; ++i) {
            piece.good(65536, took);
        }
        return piece.bytes() >> 10;
    };
    CHECK(piece.bytes() == 65536);
    CHECK(good(2) == 64);
    CHECK(good(1) == 128);
    CHECK(good(3) == 256);
    CHECK(good(2) == 256);
    piece.lost();
    CHECK(piece.bytes() == 131072);
    CHECK(good(2) == 128); // counting began anew
    CHECK(good(1) == 256);
    CHECK(good(30) == 1024);
    for (int i = 0; i < 20; ++i) {
        piece.lost();
    }
    CHECK(piece.bytes() == 16384);
}

TEST_CASE("a piece that took long does not grow, and one that took too long shrinks: text waits behind it")
{
    PieceSize piece;
    for (int i = 0; i < 10; ++i) {
        piece.good(65536, Millis{5'000});
    }
    CHECK(piece.bytes() == 65536);
    piece.good(65536, Millis{64'000});
    CHECK(piece.bytes() == 32768);
    piece.good(65536, Millis{32'000});
    piece.good(65536, Millis{16'000});
    CHECK(piece.bytes() == 16384);
    PieceSize careful;
    careful.slowLine();
    CHECK(careful.bytes() == 16384);
}

TEST_CASE("patience with a piece follows the line, and is never less than a minute")
{
    PieceSize piece;
    CHECK(piece.patience(0) == Millis{60'000});
    CHECK(piece.patience(16'384) == Millis{60'000 + 128'000}); // nothing known: 128 bytes a second
    piece.good(16'384, Millis{100'000});
    CHECK(piece.patience(16'384) == Millis{60'000 + 400'000});
    piece.good(1'048'576, Millis{500});
    CHECK(piece.patience(1'048'576) < Millis{63'000});
    piece.good(0, Millis{500}); // an empty one says nothing of the line
    CHECK(piece.patience(1'048'576) < Millis{63'000});
}
