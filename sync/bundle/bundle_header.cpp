// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/bundle/bundle_header.h"

#include "sync/protocol/op_id.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr const char* kOperations = "operations";
constexpr const char* kAnswer = "answer";
constexpr std::size_t kUnitMax = 35; // as in a dossier's code
constexpr std::size_t kEpochTextMax = 200;
constexpr std::int64_t kEpochMax = 999'999'999;
constexpr std::int64_t kSeqMax = 999'999'999'999'999'999;

bool isUnit(std::string_view text)
{
    const auto isAllowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '.';
    };
    return !text.empty() && text.size() <= kUnitMax && text.front() >= 'A' && text.front() <= 'Z' &&
           std::all_of(text.begin(), text.end(), isAllowed);
}

std::optional<std::int64_t> integerAt(const Json& json, std::string_view member, std::int64_t least,
                                      std::int64_t most)
{
    const Json& value = at(json, member);
    if (!value.is_number_integer() || (value.is_number_unsigned() && value.get<std::uint64_t>() > kSeqMax)) {
        return std::nullopt;
    }
    const auto number = value.get<std::int64_t>();
    return number < least || number > most ? std::nullopt : std::optional(number);
}

tl::unexpected<Error> unreadable(const char* what)
{
    return fail(ErrorKind::Damaged, std::string("a bundle with a bad ") + what);
}

} // namespace

Json toJson(const BundleHeader& header)
{
    return {{"format", kBundleFormat},
            {"kind", header.kind == BundleKind::Answer ? kAnswer : kOperations},
            {"unit", header.unit},
            {"install", header.install},
            {"set", header.set},
            {"volume", header.volume},
            {"epoch", header.epoch},
            {"from", header.from},
            {"to", header.to},
            {"at", toRfc3339(header.at)},
            {"portalEpoch", header.portalEpoch},
            {"letter", header.letter}};
}

Result<BundleHeader> bundleHeaderFromJson(const Json& json)
{
    const auto format = integerAt(json, "format", 1, kEpochMax);
    if (!format) {
        return unreadable("header");
    }
    if (*format > kBundleFormat) {
        return fail(ErrorKind::Newer, "bundle format " + std::to_string(*format));
    }
    BundleHeader header;
    const std::string kind = stringAt(json, "kind");
    if (kind != kOperations && kind != kAnswer) {
        return unreadable("kind");
    }
    header.kind = kind == kAnswer ? BundleKind::Answer : BundleKind::Operations;
    header.unit = stringAt(json, "unit");
    header.install = stringAt(json, "install");
    header.set = stringAt(json, "set");
    if (!isUnit(header.unit) || !isInstall(header.install) || !isInstall(header.set)) {
        return unreadable("sender");
    }
    const auto volume = integerAt(json, "volume", 1, kVolumesMax);
    const auto epoch = integerAt(json, "epoch", 1, kEpochMax);
    const auto from = integerAt(json, "from", 0, kSeqMax);
    const auto to = integerAt(json, "to", 0, kSeqMax);
    if (!volume || !epoch || !from || !to || *from > *to) {
        return unreadable("range");
    }
    header.volume = *volume;
    header.epoch = *epoch;
    header.from = *from;
    header.to = *to;
    const auto instant = parseRfc3339(stringAt(json, "at"));
    header.portalEpoch = stringAt(json, "portalEpoch");
    header.letter = at(json, "letter");
    if (!instant || header.portalEpoch.size() > kEpochTextMax || !header.letter.is_object()) {
        return unreadable("letter");
    }
    header.at = *instant;
    return header;
}

Json toJson(const BundleEnd& end)
{
    return {{"records", end.records}, {"bytes", end.bytes}, {"isLast", end.isLast}};
}

Result<BundleEnd> bundleEndFromJson(const Json& json)
{
    const auto records = integerAt(json, "records", 0, kRecordsMax);
    const auto bytes = integerAt(json, "bytes", 0, kUnpackedBytesMax);
    const Json& isLast = at(json, "isLast");
    if (!records || !bytes || !isLast.is_boolean()) {
        return unreadable("end");
    }
    return BundleEnd{*records, *bytes, isLast.get<bool>()};
}

std::string bundleFileName(const BundleHeader& header)
{
    std::string name = header.unit + "-" + header.install + "-" + std::to_string(header.epoch) + "-" +
                       std::to_string(header.from) + "-" + std::to_string(header.to);
    if (header.kind == BundleKind::Answer) {
        name += "-answer-" + header.set.substr(0, 8) + "-" + std::to_string(header.volume);
    } else if (header.from == 0) {
        // One with nothing but files, or that only asks for news: the range does not tell it from others.
        name += "-" + header.set.substr(0, 8) + "-" + std::to_string(header.volume);
    }
    return name + std::string(kBundleSuffix);
}

} // namespace motcua
