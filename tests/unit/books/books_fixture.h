// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/book_desk.h"
#include "tests/support/guardianship_draft.h"
#include "tests/support/small_counter.h"

#include <catch2/catch.hpp>

#include <string>

namespace motcua {

inline const std::string kBook = "guardianship/2026";

/// A counter whose leader keeps books. Dossiers are guardianships.
struct BookCounterBox
{
    explicit BookCounterBox(std::uint64_t seed = 1, int slot = 1)
        : box(seed, slot), books(std::make_unique<BookDesk>(*box.desk))
    {}

    [[nodiscard]] Json draft(const std::string& name) const
    {
        return guardianshipDraft(box.catalogue, dayInVietnam(box.clock.now()), name);
    }
    [[nodiscard]] std::string dossier(const std::string& name = "Nguyễn Văn Hà")
    {
        const auto received = box.desk->receive(draft(name));
        INFO((received ? std::string()
                       : received.error().problems.front().pointer + " " +
                             received.error().problems.front().rule));
        REQUIRE(received);
        return received->code;
    }
    [[nodiscard]] Answer<SignedEntries> sign(const std::string& code)
    {
        SignRequest request;
        request.code = code;
        request.signer = {"Trần Văn Minh", "Chủ tịch"};
        return books->sign(request);
    }
    [[nodiscard]] std::int64_t signNew()
    {
        const auto done = sign(dossier());
        REQUIRE(done);
        return done->first;
    }
    [[nodiscard]] BookState state(const std::string& book = kBook)
    {
        const auto found = books->books().state(book);
        REQUIRE(found);
        REQUIRE(*found);
        return **found;
    }
    /// The program ends and is started again on the same register.
    void restart()
    {
        REQUIRE(box.restart());
        books = std::make_unique<BookDesk>(*box.desk);
    }

    SmallCounter box;
    std::unique_ptr<BookDesk> books;
};

/// The rule of a refusal, "" where it was none.
template<class T> std::string ruleOf(const Answer<T>& answer)
{
    if (answer) {
        return {};
    }
    return answer.error().problems.empty() ? "error: " + answer.error().error.detail
                                           : answer.error().problems.front().rule;
}

} // namespace motcua
