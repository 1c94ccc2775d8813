// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QVBoxLayout>

namespace motcua {

/// Gives a widget its fixed names: `id` for tests and style, `spoken` for screen readers. The accessible name
/// of a control never depends on its value.
template<class W> W* named(W* widget, const char* id, const QString& spoken)
{
    widget->setObjectName(QLatin1String(id));
    widget->setAccessibleName(spoken);
    return widget;
}

/// A label that shows plain text only, breaks lines, and takes its look from the style sheet's `role`.
[[nodiscard]] QLabel* makeLabel(const QString& text, const char* role = "", QWidget* parent = nullptr);
/// The same on one line, never wrapped.
[[nodiscard]] QLabel* makeLineLabel(const QString& text, const char* role = "", QWidget* parent = nullptr);

/// A button with its key beside its word, "Tiếp nhận   Ctrl+Enter". Double press safety is the presenter's.
[[nodiscard]] QPushButton* makeButton(const QString& text, const char* role, const char* id,
                                      const QString& key = {}, QWidget* parent = nullptr);

/// A frame with a role and an empty column layout with the margins of the grid.
[[nodiscard]] QFrame* makeFrame(const char* role, int margin, int spacing, QWidget* parent = nullptr);
[[nodiscard]] QVBoxLayout* columnOf(QFrame* frame);
[[nodiscard]] QFrame* makeRule(QWidget* parent = nullptr);

/// Changes a style property and has the sheet looked at again.
void setStyleProperty(QWidget* widget, const char* property, const char* value);

/// The text with line breaks between words, so that no line is wider than `width` pixels; for buttons, which
/// do not wrap by themselves.
[[nodiscard]] QString brokenIntoLines(const QString& text, const QFontMetrics& metrics, int width);

/// Empties a layout and deletes its widgets.
void clearLayout(QLayout* layout);

} // namespace motcua
