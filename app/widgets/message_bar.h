// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace motcua {

class Theme;

enum class Tone
{
    Note,
    Good,
    Warning,
    Bad,
};

/// One message above a page: what happened in bold, then what is safe and what to do next. Stays until it is
/// closed or replaced, never takes the focus, and is announced to screen readers.
class MessageBar : public QFrame
{
    Q_OBJECT
public:
    explicit MessageBar(Theme& theme, QWidget* parent = nullptr);

    void show(Tone tone, const QString& what, const QString& next = {});
    void dismiss();

private:
    Theme& m_theme;
    QLabel* m_icon;
    QLabel* m_what;
    QLabel* m_next;
};

} // namespace motcua
