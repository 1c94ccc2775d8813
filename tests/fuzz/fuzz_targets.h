// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace motcua {

/// Everything that reads bytes from outside. Each takes any bytes, returns 0, and ends the program where a
/// rule is broken. For LLVMFuzzerTestOneInput and the test that plays the kept corpus.
using Consume = int (*)(const std::uint8_t* bytes, std::size_t size);

/// What a push, a look-up, hello and enrolling are answered with, and how an answer is classed.
int consumeAnswer(const std::uint8_t* bytes, std::size_t size);
/// A file from a stick, also behind seals that open (bundle_entry.cpp).
int consumeBundle(const std::uint8_t* bytes, std::size_t size);
/// One file of the catalogue's folder, the first byte says which; the others are as delivered.
int consumeCatalogue(const std::uint8_t* bytes, std::size_t size);
/// Rows of a journal that somebody wrote to: "kind TAB entry" a line.
int consumeJournal(const std::uint8_t* bytes, std::size_t size);
/// An old ledger, XLSX or CSV, looked at and read row by row (ledger_entry.cpp).
int consumeLedger(const std::uint8_t* bytes, std::size_t size);
/// What a counter sends, read by the portal: the packed body and its lines.
int consumeOperations(const std::uint8_t* bytes, std::size_t size);
/// A page of the portal's changes, into a register.
int consumePage(const std::uint8_t* bytes, std::size_t size);
/// A receipt, unsigned and signed by a key that we know.
int consumeReceipt(const std::uint8_t* bytes, std::size_t size);

struct FuzzTarget
{
    const char* name; ///< of the program fuzz-NAME and the folder corpus/NAME
    Consume consume;
};
[[nodiscard]] std::span<const FuzzTarget> fuzzTargets();

} // namespace motcua
