// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/test_sheet.h"

#include <cmath>

namespace motcua {

namespace {

constexpr double kInset = 20; ///< mm, of the crosses from the edges
constexpr double kArm = 6;    ///< of a cross
constexpr double kShiftMost = 30;
constexpr double kStretchMost = 0.05;

SheetPoint sizeOf(bool landscape)
{
    return landscape ? SheetPoint{297, 210} : SheetPoint{210, 297};
}

std::string number(double value)
{
    std::string text = std::to_string(std::lround(value * 100));
    const bool isWhole = text.size() > 2;
    return isWhole ? text.substr(0, text.size() - 2) + '.' + text.substr(text.size() - 2) : "0." + text;
}

void stroke(std::string& markup, double x, double y, double width, double height)
{
    markup += "<stroke x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) +
              "\" height=\"" + number(height) + "\" thickness=\"0.5\"/>";
}

void words(std::string& markup, double x, double y, double width, const std::string& text)
{
    markup += "<place field=\"tờ thử\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" +
              number(width) + "\" height=\"6\" size=\"9\">" + text + "</place>";
}

std::string inWords(double value)
{
    return std::to_string(std::lround(value));
}

void cross(std::string& markup, double x, double y)
{
    stroke(markup, x - kArm, y, 2 * kArm, 0);
    stroke(markup, x, y - kArm, 0, 2 * kArm);
    words(markup, x + 1, y + 0.5, 40, inWords(x) + "; " + inWords(y));
}

/// A tick each millimetre, longer ones each five and ten.
void rulers(std::string& markup, SheetPoint size)
{
    for (int mm = 10; mm <= static_cast<int>(size.x) - 10; ++mm) {
        stroke(markup, mm, size.y / 2, 0, mm % 10 == 0 ? 4 : mm % 5 == 0 ? 3 : 1.5);
    }
    for (int mm = 10; mm <= static_cast<int>(size.y) - 10; ++mm) {
        stroke(markup, size.x / 2, mm, mm % 10 == 0 ? 4 : mm % 5 == 0 ? 3 : 1.5, 0);
    }
}

} // namespace

Result<LaidOutPaper> testSheet(bool landscape)
{
    const SheetPoint size = sizeOf(landscape);
    std::string markup =
        std::string("<stock title=\"Tờ thử căn phôi\" landscape=\"") + (landscape ? "yes" : "no") + "\">";
    cross(markup, kInset, kInset);
    cross(markup, size.x - kInset, kInset);
    cross(markup, kInset, size.y - kInset);
    cross(markup, size.x - kInset, size.y - kInset);
    rulers(markup, size);
    words(markup, 40, 40, size.x - 80,
          "TỜ THỬ CĂN PHÔI. In trên giấy trắng A4, không thu phóng (tỷ lệ 100 %).");
    words(markup, 40, 46, size.x - 80,
          "Đo bằng thước từ mép trái và mép trên tờ giấy tới tâm dấu cộng trên trái và dấu cộng dưới phải "
          "(mm),");
    words(markup, 40, 52, size.x - 80,
          "rồi nhập bốn số đó vào cửa sổ Căn phôi. Số cạnh mỗi dấu cộng là vị trí đúng.");
    return LaidOutPaper::create("test-sheet", {markup + "</stock>"});
}

std::pair<SheetPoint, SheetPoint> testCrosses(bool landscape)
{
    const SheetPoint size = sizeOf(landscape);
    return {SheetPoint{kInset, kInset}, SheetPoint{size.x - kInset, size.y - kInset}};
}

Result<Calibration> calibrationFor(bool landscape, SheetPoint upperLeft, SheetPoint lowerRight)
{
    const auto [first, last] = testCrosses(landscape);
    const double wide = (lowerRight.x - upperLeft.x) / (last.x - first.x);
    const double high = (lowerRight.y - upperLeft.y) / (last.y - first.y);
    const bool isNear =
        std::abs(upperLeft.x - first.x) <= kShiftMost && std::abs(upperLeft.y - first.y) <= kShiftMost;
    if (!isNear || !(std::abs(wide - 1) <= kStretchMost) || !(std::abs(high - 1) <= kStretchMost)) {
        return fail(ErrorKind::Invalid,
                    "bốn số này không thể là của tờ thử: kiểm tra lại cách đo, khổ giấy và tỷ lệ in");
    }
    // The printer puts what belongs at p to start + p * stretch; the inverse of that is what it must be
    // given.
    const double left = upperLeft.x - first.x * wide;
    const double top = upperLeft.y - first.y * high;
    return Calibration{-left / wide, -top / high, 100 / wide, 100 / high};
}

} // namespace motcua
