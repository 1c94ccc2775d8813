// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace motcua {

/// The few English words that Qt's own controls bring along (menus of text fields, calendar, buttons, the
/// dialog that chooses files), in
/// Vietnamese: Qt has no Vietnamese translation of itself. Everything else is our own text.
class VietnameseControls : public QTranslator
{
    Q_OBJECT
public:
    using QTranslator::QTranslator;
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation,
                                    int n) const override;
    [[nodiscard]] bool isEmpty() const override { return false; }
};

} // namespace motcua
