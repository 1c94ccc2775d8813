// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/journal/journal.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// A number on papers of this counter: "12/TLKT-BS" of 2026.
struct PaperNumber
{
    std::int64_t year = 0;
    std::string series;
    std::int64_t number = 0;
};

/// A number that a dossier's paper has, and what is to be printed under it.
struct NumberedPaper
{
    PaperNumber number;
    std::string snapshot; ///< bytes
};

/// How a series stands.
struct PaperSeries
{
    std::int64_t year = 0;
    std::string series;
    std::int64_t last = 0;    ///< the last number given, by this program or by hand
    std::int64_t given = 0;   ///< by this program
    std::int64_t spoiled = 0; ///< of them
};

/// The numbers on papers as rows. For Desk, which writes the journal in the same transaction.
class PaperNumbers
{
public:
    explicit PaperNumbers(Connection& connection) : m_connection(connection) {}

    /// The number after the last. Refused when the register came back from a backup in that year and nobody
    /// has said yet which numbers the lost days gave (see setLast).
    [[nodiscard]] Result<std::int64_t> next(std::int64_t year, const std::string& series);
    [[nodiscard]] Result<void> give(const PaperNumber& number, Position entry, std::int64_t dossier,
                                    const std::string& paper);
    [[nodiscard]] Result<void> spoil(const PaperNumber& number, Position entry);
    /// `last` was given by hand: the next number follows it. Refused when this program gave a higher one.
    [[nodiscard]] Result<void> setLast(std::int64_t year, const std::string& series, std::int64_t last,
                                       Position entry);
    /// The newest number of a dossier's paper that is not spoiled, behind an entry.
    [[nodiscard]] Result<std::optional<NumberedPaper>> ofPaper(std::int64_t dossier, const std::string& paper,
                                                               Position after);
    [[nodiscard]] Result<std::vector<PaperSeries>> all();
    /// Gaps, and rows that the journal does not know or knows otherwise.
    [[nodiscard]] Result<std::vector<Finding>> verify();

private:
    [[nodiscard]] Result<std::int64_t> lastOf(std::int64_t year, const std::string& series);
    [[nodiscard]] Result<bool> isInDoubt(std::int64_t year, const std::string& series);

    Connection& m_connection;
};

} // namespace motcua
