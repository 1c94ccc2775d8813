// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/stock_settings.h"

#include "core/base/file.h"
#include "core/base/json.h"

#include <cmath>

namespace motcua {

namespace {

constexpr std::size_t kBytesMax = 256 * 1024;
constexpr double kShiftMost = 30;  ///< mm
constexpr double kStretchMost = 5; ///< percent

bool isPlausible(const Calibration& one)
{
    return std::abs(one.right) <= kShiftMost && std::abs(one.down) <= kShiftMost &&
           std::abs(one.across - 100) <= kStretchMost && std::abs(one.along - 100) <= kStretchMost;
}

double numberAt(const Json& object, const char* member, double otherwise)
{
    const Json& value = at(object, member);
    return value.is_number() ? value.get<double>() : otherwise;
}

Result<Calibration> calibrationFrom(const Json& json, const std::string& file)
{
    const Calibration one{numberAt(json, "right", 0), numberAt(json, "down", 0),
                          numberAt(json, "across", 100), numberAt(json, "along", 100)};
    if (!json.is_object() || !isPlausible(one)) {
        return fail(ErrorKind::Invalid, file + ": a printer's values are no more than 30 mm and 5 percent");
    }
    return one;
}

Json toJson(const Calibration& one)
{
    return {{"right", one.right}, {"down", one.down}, {"across", one.across}, {"along", one.along}};
}

} // namespace

Result<StockSettings> StockSettings::load(const std::filesystem::path& registerFolder)
{
    StockSettings settings;
    settings.m_file = registerFolder / "stock.json";
    const auto text = readFile(settings.m_file, kBytesMax);
    if (!text) {
        return text.error().kind == ErrorKind::NotFound ? Result<StockSettings>(std::move(settings))
                                                        : tl::unexpected(text.error());
    }
    const auto json = parseJson(*text);
    if (!json || !json->is_object()) {
        return fail(ErrorKind::Invalid, settings.m_file.string() + ": is no JSON object");
    }
    for (const auto& [printer, papers] : json->items()) {
        for (const auto& [paper, value] : papers.items()) {
            settings.m_known[printer][paper] = TRY(calibrationFrom(value, settings.m_file.string()));
        }
    }
    return settings;
}

Calibration StockSettings::calibration(const std::string& printer, const std::string& paper) const
{
    const auto papers = m_known.find(printer);
    if (papers == m_known.end()) {
        return {};
    }
    const auto known = papers->second.find(paper);
    return known == papers->second.end() ? Calibration{} : known->second;
}

Result<void> StockSettings::set(const std::string& printer, const std::string& paper,
                                const Calibration& calibration)
{
    if (!isPlausible(calibration)) {
        return fail(ErrorKind::Invalid,
                    "lệch quá 30 mm hoặc giãn quá 5 %: kiểm tra lại chiều đặt giấy và khổ giấy trong "
                    "máy in");
    }
    auto known = m_known;
    known[printer][paper] = calibration;
    if (!m_file.empty()) {
        Json json = Json::object();
        for (const auto& [name, papers] : known) {
            for (const auto& [one, value] : papers) {
                json[name][one] = toJson(value);
            }
        }
        TRY(writeFileDurably(m_file, dumpJson(json) + '\n'));
    }
    m_known = std::move(known);
    return {};
}

} // namespace motcua
