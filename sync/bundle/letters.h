// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/bundle/bundle_header.h"
#include "sync/protocol/devices.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

// What only one kind of bundle has in its header, and the records that are not the contract's own words.

/// From a counter: what a hello says, and what the answer needs.
struct OperationsLetter
{
    HelloRequest hello;
    std::optional<std::string> cursor; ///< where its changes end
    std::string answerKey;             ///< 32 bytes (X25519): the answer is sealed to it
    std::int64_t volumes = 1;
    std::int64_t operations = 0; ///< in this volume
    std::int64_t files = 0;
};
[[nodiscard]] Json toJson(const OperationsLetter& letter);
[[nodiscard]] Result<OperationsLetter> operationsLetterOf(const BundleHeader& header);

/// From the portal: which volumes of the set it had.
struct AnswerLetter
{
    std::vector<std::int64_t> volumes;
};
[[nodiscard]] Json toJson(const AnswerLetter& letter);
[[nodiscard]] Result<AnswerLetter> answerLetterOf(const BundleHeader& header);

/// A file's head, and what the portal says of it.
struct BundleFile
{
    std::string sha256;
    std::int64_t size = 0;
    bool isComplete = false; ///< only in what the portal says
};
[[nodiscard]] std::string fileText(const BundleFile& file);
[[nodiscard]] Result<BundleFile> readFileText(std::string_view text);
[[nodiscard]] std::string filesText(const std::vector<BundleFile>& files);
[[nodiscard]] Result<std::vector<BundleFile>> readFilesText(std::string_view text);

/// A page as the portal wrote it, and the cursor that it follows on; none: it begins the listing.
[[nodiscard]] std::string pageText(const std::optional<std::string>& after, std::string_view page);

} // namespace motcua
