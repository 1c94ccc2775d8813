// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/catalogue_pull.h"

#include "sync/engine/calls.h"
#include "sync/engine/retry_policy.h"
#include "sync/protocol/catalogue_letter.h"

#include <algorithm>

namespace motcua {

namespace {

/// After an answer that was none: the other calls find out when the line is back.
constexpr RetryPolicy kLostPauses{Millis{60'000}, Millis{60 * 60 * 1'000}};
/// One that is too large has no tag to tell it by, and each look at it costs 8 MiB of the line.
constexpr int kTooLargePauses = 6;
constexpr std::size_t kTagCharsMax = 200;
constexpr std::size_t kDetailCharsMax = 500;

/// RFC 9110, 8.8.3. It goes back into a header of ours, so it is taken only as it must be.
bool isTag(std::string_view tag)
{
    tag.remove_prefix(tag.starts_with("W/") ? 2 : 0);
    const auto isInside = [](char c) { return c == '!' || (c >= '#' && c <= '~'); };
    return tag.size() >= 2 && tag.size() <= kTagCharsMax && tag.front() == '"' && tag.back() == '"' &&
           std::all_of(tag.begin() + 1, tag.end() - 1, isInside);
}

std::string tagOf(const Reply& reply)
{
    const auto tag = headerOf(reply.headers, "ETag").value_or("");
    return isTag(tag) ? std::string(tag) : std::string();
}

bool isLetter(const Reply& reply)
{
    const auto type = headerOf(reply.headers, "Content-Type").value_or("");
    return reply.failure == Failure::None && reply.status == 200 &&
           type.substr(0, type.find_first_of("; \t")) == "application/jose";
}

Verdict spoken(const Reply& reply, const std::string& detail)
{
    return {RequestEnd::Answered, Trouble::None, reply.status, {}, detail};
}

std::string_view reasonOf(ErrorKind kind)
{
    return kind == ErrorKind::Refused ? "older" : kind == ErrorKind::Network ? "signature" : "invalid";
}

} // namespace

CataloguePull::CataloguePull(CatalogueDesk& desk, const Clock& clock, Random& random, Millis every,
                             std::string program)
    : m_desk(desk), m_clock(clock), m_random(random), m_every(every), m_program(std::move(program))
{}

Result<void> CataloguePull::start(std::span<const PortalKey> keys, const std::string& unit)
{
    m_unit = unit;
    m_due = m_clock.monotonic();
    m_held = TRY(m_desk.held());
    m_refused = TRY(m_desk.refused());
    const auto letter = m_held ? m_desk.letter() : Result<std::string>(std::string());
    if (m_held && (!letter || !verifyCatalogue(*letter, keys, unit, std::nullopt))) {
        m_held.reset();
    }
    return {};
}

std::vector<std::string> CataloguePull::knownTags() const
{
    std::vector<std::string> tags;
    if (m_held && !m_held->etag.empty()) {
        tags.push_back(m_held->etag);
    }
    // What an older program could not use this one may.
    if (m_refused && !m_refused->etag.empty() && m_refused->program == m_program) {
        tags.push_back(m_refused->etag);
    }
    return tags;
}

Request CataloguePull::request(const std::string& token) const
{
    return catalogueCall(knownTags(), token);
}

void CataloguePull::pause()
{
    const Millis least = kLostPauses.base;
    m_due = m_clock.monotonic() + least + kLostPauses.delay(m_losses++, m_random.unit());
}

Result<CatalogueAnswer> CataloguePull::landed(const Reply& reply, std::span<const PortalKey> keys)
{
    m_due = m_clock.monotonic() + m_every;
    if (reply.failure == Failure::TooLarge) {
        m_due = m_clock.monotonic() + kTooLargePauses * m_every;
        return refused(reply, {"too-large", {}, {}, {}, {}, {}});
    }
    if (isLetter(reply)) {
        return letterCame(reply, keys);
    }
    const auto tags = knownTags();
    if (reply.failure == Failure::None && reply.status == 304 &&
        std::find(tags.begin(), tags.end(), tagOf(reply)) != tags.end()) {
        return unchanged(reply);
    }
    const Verdict verdict = classifyBodyless(reply, m_clock.now());
    if (verdict.end == RequestEnd::Refused && reply.status == 404) {
        m_losses = 0;
        return CatalogueAnswer{CatalogueWord::None, spoken(reply, "404 not-found")};
    }
    pause();
    return CatalogueAnswer{CatalogueWord::Nothing, verdict};
}

Result<CatalogueAnswer> CataloguePull::unchanged(const Reply& reply)
{
    m_losses = 0;
    if (m_refused && m_held && tagOf(reply) == m_held->etag) {
        TRY(m_desk.forgetRefused());
        m_refused.reset();
    }
    return CatalogueAnswer{CatalogueWord::Unchanged, spoken(reply, "304")};
}

Result<CatalogueAnswer> CataloguePull::letterCame(const Reply& reply, std::span<const PortalKey> keys)
{
    m_losses = 0;
    const auto inUse = m_held ? std::optional(m_held->issuedAt) : std::nullopt;
    auto letter = verifyCatalogue(reply.body, keys, m_unit, inUse);
    if (!letter) {
        const Error& error = letter.error();
        if (error.kind == ErrorKind::Network && !m_newKeysTried) {
            m_newKeysTried = true;
            m_due = m_clock.monotonic();
            return CatalogueAnswer{CatalogueWord::KeyUnknown, spoken(reply, error.detail)};
        }
        // What nobody signed has no tag either: the next one under it may be good.
        std::string tag = error.kind == ErrorKind::Network ? std::string() : tagOf(reply);
        return refused(reply, {std::string(reasonOf(error.kind)), {}, std::move(tag), {}, error.detail, {}});
    }
    m_newKeysTried = false;
    const CataloguePublication publication{letter->version, std::move(letter->content)};
    if (const auto proven = m_desk.prove(publication); !proven) {
        return refused(reply, {"unusable", letter->version, tagOf(reply), {}, proven.error().detail, {}});
    }
    TRY(m_desk.take({letter->version, letter->issuedAt, tagOf(reply), {}, {}}, reply.body));
    m_held = TRY(m_desk.held());
    m_refused.reset();
    return CatalogueAnswer{CatalogueWord::Taken, spoken(reply, "200")};
}

Result<CatalogueAnswer> CataloguePull::refused(const Reply& reply, RefusedCatalogue why)
{
    why.program = m_program;
    why.detail = why.detail.substr(0, kDetailCharsMax);
    TRY(m_desk.refuse(why));
    m_refused = TRY(m_desk.refused());
    return CatalogueAnswer{CatalogueWord::Refused, spoken(reply, "catalogue " + why.reason)};
}

} // namespace motcua
