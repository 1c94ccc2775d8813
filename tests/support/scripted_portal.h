// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"
#include "sync/protocol/content_digest.h"
#include "sync/protocol/gzip.h"
#include "tests/support/signed_words.h"

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace motcua {

/// A portal that says what a test wrote down, one answer a call, in order; what it was asked is kept. Words
/// are really signed. An unexpected call gets "connection refused" and is counted.
class ScriptedPortal final : public Transport, public SignedWords
{
public:
    using SignedWords::SignedWords;
    using Answer = std::function<Reply(const Request&)>;

    Reply exchange(const Request& request) override
    {
        asked.push_back(request);
        Answer answer = always;
        if (!m_script.empty()) {
            answer = std::move(m_script.front());
            m_script.pop_front();
        }
        if (!answer) {
            ++unexpected;
            return {Failure::Refused, 0, {}, {}, "nothing more in the script"};
        }
        return answer(request);
    }

    ScriptedPortal& then(Answer answer)
    {
        m_script.push_back(std::move(answer));
        return *this;
    }
    [[nodiscard]] bool isDone() const { return m_script.empty() && unexpected == 0; }
    /// "POST /v1/ops" of each call since the last time.
    std::vector<std::string> calls()
    {
        std::vector<std::string> names;
        for (; m_named < asked.size(); ++m_named) {
            names.push_back(asked[m_named].method + " " +
                            asked[m_named].path.substr(0, asked[m_named].path.find('?')));
        }
        return names;
    }

    [[nodiscard]] static Reply json(const Json& body, int status = 200)
    {
        return {Failure::None, status, {{"Content-Type", "application/json"}}, dumpJson(body), {}};
    }
    [[nodiscard]] static Answer saying(Reply reply)
    {
        return [reply = std::move(reply)](const Request&) { return reply; };
    }
    [[nodiscard]] static Answer failing(Failure failure) { return saying({failure, 0, {}, {}, "scripted"}); }
    [[nodiscard]] static Answer problem(int status, const std::string& name, Headers more = {})
    {
        Reply reply;
        reply.status = status;
        reply.headers = std::move(more);
        reply.headers.emplace_back("Content-Type", "application/problem+json");
        reply.body = R"({"type":"urn:motcua:problem:)" + name + R"(","title":"x"})";
        return saying(std::move(reply));
    }

    [[nodiscard]] Hello hello() const
    {
        Hello hello;
        hello.portalEpoch = epoch();
        hello.now = *parseRfc3339("2026-11-21T01:02:03.000Z");
        hello.keys = {key()};
        hello.held = 1'000; // as many as anybody here holds receipts for
        return hello;
    }
    [[nodiscard]] Answer greeting() const { return saying(json(toJson(hello()))); }
    [[nodiscard]] static Answer greeting(const Hello& hello) { return saying(json(toJson(hello))); }

    [[nodiscard]] Answer page(std::vector<Change> changes = {}, const std::string& cursor = "c1",
                              bool more = false) const
    {
        return saying(json(toJson(ChangesPage{cursor, epoch(), more, std::move(changes)})));
    }

    /// Judges each line alike.
    [[nodiscard]] Answer judging(Outcome outcome)
    {
        return [this, outcome](const Request& request) { return json(toJson(judged(request, outcome))); };
    }
    [[nodiscard]] Results judged(const Request& request, Outcome outcome)
    {
        Results results;
        results.portalEpoch = epoch();
        for (const auto& line : linesOf(request)) {
            const auto op = stringAt(*parseJson(line), "op");
            results.results.push_back(result(op, toHex(sha256(line)), outcome));
        }
        return results;
    }

    /// A portal to which everything is right.
    [[nodiscard]] Answer contented(Outcome outcome = Outcome::Applied)
    {
        return [this, outcome](const Request& request) {
            if (request.path == "/v1/hello") {
                return greeting()(request);
            }
            if (request.path == "/v1/ops/status") {
                Results nothing; // it has seen none of them
                nothing.portalEpoch = epoch();
                return json(toJson(nothing));
            }
            return request.path == "/v1/ops" ? judging(outcome)(request) : page()(request);
        };
    }

    /// The lines of a push, after what the contract asks of its wrapping was checked.
    [[nodiscard]] static std::vector<std::string> linesOf(const Request& request)
    {
        const auto digest = headerOf(request.headers, "Content-Digest");
        require(digest && sha256OfContentDigest(*digest) == std::string(bytesOf(sha256(request.body))),
                "the digest is of the body as sent");
        require(headerOf(request.headers, "Content-Encoding") == "gzip", "a push is packed");
        const auto text = gunzip(request.body, std::size_t{1} << 20);
        require(text.has_value(), "a push unpacks to at most 1 MiB");
        std::vector<std::string> lines;
        std::size_t begin = 0;
        for (auto end = text->find('\n'); end != std::string::npos; end = text->find('\n', begin)) {
            lines.push_back(text->substr(begin, end - begin));
            begin = end + 1;
        }
        require(begin == text->size() && lines.size() <= 50, "lines end, and are fifty at most");
        return lines;
    }

    std::vector<Request> asked;
    Answer always; ///< when the script is at its end
    int unexpected = 0;

private:
    std::deque<Answer> m_script;
    std::size_t m_named = 0;
};

} // namespace motcua
