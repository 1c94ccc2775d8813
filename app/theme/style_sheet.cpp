// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme/style_sheet.h"

#include <QHash>
#include <QRegularExpression>

namespace motcua {

namespace {

// Written with named colours (@accent) and sizes relative to the chosen point size (@+3).
constexpr const char* kText = R"(
QLabel[role="title"] { font-size: @+7; font-weight: 600; }
QLabel[role="heading"] { font-size: @+2; font-weight: 600; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="hint"] { color: @mutedText; }
QLabel[role="small"] { color: @mutedText; font-size: @-1; }
QLabel[role="problem"] { color: @bad; font-weight: 600; }
QLabel[role="soft-problem"] { color: @warning; font-weight: 600; }
QLabel[role="known"] { color: @accent; font-size: @-1; font-weight: 600; }
QLabel[role="good"] { color: @good; font-weight: 600; }
QLabel[role="value"] { font-size: @+1; font-weight: 600; }
QLabel[role="large"] { font-size: @+3; }
QLabel[role="code"] { font-size: @+21; font-weight: 700; color: @accent; }
QLabel[role="code-small"] { font-size: @+5; font-weight: 700; color: @accent; }
QLabel[role="key"] { color: @mutedText; font-size: @-1; }
QToolTip { color: @text; background: @surface; border: 1px solid @fieldBorder; padding: 4px; }
)";

constexpr const char* kFields = R"(
QLineEdit, QPlainTextEdit, QTextEdit { background: @surface; border: 1px solid @fieldBorder; border-radius: 4px;
    padding: 5px 8px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; padding: 4px 7px; }
QLineEdit:disabled, QLineEdit:read-only { background: @raised; color: @mutedText; }
QLineEdit[state="hard"], QPlainTextEdit[state="hard"] { border: 2px solid @bad; padding: 4px 7px; background: @badSoft; }
QLineEdit[state="soft"], QPlainTextEdit[state="soft"] { border: 2px solid @warning; padding: 4px 7px; }
QLineEdit[state="known"], QPlainTextEdit[state="known"] { border: 1px solid @accent; background: @accentSoft; }
QLineEdit[state="known"]:focus, QPlainTextEdit[state="known"]:focus { border: 2px solid @accent; }
QLineEdit[role="big"] { font-size: @+4; padding: 8px 12px; }
QLineEdit[role="big"]:focus { padding: 7px 11px; }
QLineEdit[role="search"] { padding: 5px 10px; }
QFrame#suggestions { background: @surface; border: 1px solid @fieldBorder; border-radius: 4px; }
QFrame#suggestions QListView { border: none; background: @surface; outline: none; }
QFrame#suggestions QListView::item { padding: 5px 8px; color: @text; }
QFrame#suggestions QListView::item:selected { background: @accent; color: @onAccent; }
)";

constexpr const char* kButtons = R"(
QPushButton { background: @surface; color: @text; border: 1px solid @fieldBorder; border-radius: 4px; padding: 6px 14px; }
QPushButton:hover { background: @accentSoft; }
QPushButton:pressed { background: @border; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:disabled { color: @mutedText; border-color: @border; background: @window; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border: 2px solid @accent; padding: 6px 16px;
    font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid @focus; }
QPushButton[role="primary"]:disabled { background: @border; border-color: @border; color: @mutedText; }
QPushButton[role="offer"] { background: @accentSoft; border: 1px dashed @accent; color: @accent; padding: 4px 8px;
    text-align: left; font-weight: 600; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 3px 6px;
    text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 2px solid @accent; padding: 2px 5px; }
QPushButton[role="problem-line"] { background: transparent; border: 1px solid transparent; color: @bad; padding: 3px 6px;
    text-align: left; font-weight: 600; }
QPushButton[role="soft-line"] { background: transparent; border: 1px solid transparent; color: @warning; padding: 3px 6px;
    text-align: left; font-weight: 600; }
QPushButton[role="soft-line"]:focus { border: 2px solid @warning; padding: 2px 5px; }
QPushButton[role="problem-line"]:focus { border: 2px solid @bad; padding: 2px 5px; }
QPushButton[role="chip"] { border-radius: 13px; padding: 4px 12px; }
QPushButton[role="chip"]:focus { padding: 3px 11px; }
QPushButton[role="chip"]:checked { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[role="chip"]:checked:focus { border: 2px solid @focus; }
QPushButton[role="choice"] { padding: 5px 14px; text-align: left; }
QPushButton[role="choice"]:focus { padding: 4px 13px; }
QPushButton[role="choice"]:checked { background: @accentSoft; border: 2px solid @accent; color: @text; padding: 4px 13px;
    font-weight: 600; }
QPushButton[role="choice"]:checked:focus { border: 2px solid @accent; background: @accentSoft; }
QPushButton[role="step"] { background: transparent; border: none; border-bottom: 3px solid @border; border-radius: 0;
    padding: 6px 10px; color: @mutedText; }
QPushButton[role="step"]:checked { border-bottom: 3px solid @accent; color: @accent; font-weight: 600; }
QPushButton[role="step"]:focus { border: 2px solid @accent; padding: 4px 8px; }
)";

constexpr const char* kFrames = R"(
QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame[role="panel"] { background: @surface; border: none; border-left: 1px solid @border; }
QFrame[role="bar"] { background: @surface; border: none; border-top: 1px solid @border; }
QFrame[role="places"] { background: @surface; border: none; border-right: 1px solid @border; }
QFrame[role="top"] { background: @accent; border: none; }
QFrame[role="top"] QLabel { color: @onAccent; }
QFrame[role="top-practice"] { background: @practice; border: none; }
QFrame[role="top-practice"] QLabel { color: @onPractice; }
QFrame[role="top"] QPushButton { background: transparent; color: @onAccent; border: 1px solid transparent; }
QFrame[role="top-practice"] QPushButton { background: transparent; color: @onPractice; border: 1px solid transparent; }
QFrame[role="top"] QPushButton:focus, QFrame[role="top"] QPushButton:hover { border: 1px solid @onAccent; }
QFrame[role="top-practice"] QPushButton:focus, QFrame[role="top-practice"] QPushButton:hover { border: 1px solid @onPractice; }
QPushButton::menu-indicator { width: 0; }
QFrame[role="message-bad"] { background: @badSoft; border: 2px solid @bad; border-radius: 6px; }
QFrame[role="message-warning"] { background: @warningSoft; border: 1px solid @warning; border-radius: 6px; }
QFrame[role="message-good"] { background: @goodSoft; border: 1px solid @good; border-radius: 6px; }
QFrame[role="message-note"] { background: @accentSoft; border: 1px solid @accent; border-radius: 6px; }
QFrame[role="conflict"] { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame[role="conflict"]:focus { border: 2px solid @accent; }
QFrame[role="side"] { background: @raised; border: 1px solid @fieldBorder; border-radius: 4px; }
QFrame[role="side-chosen"] { background: @accentSoft; border: 2px solid @accent; border-radius: 4px; }
QFrame[role="drop"] { background: @accentSoft; border: 2px dashed @accent; border-radius: 6px; }
QFrame[role="line"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[role="page"] { background: transparent; }
QTableView { background: @surface; border: 2px solid @border; border-radius: 6px; gridline-color: @border;
    alternate-background-color: @raised; selection-background-color: @accentSoft; selection-color: @text; outline: none; }
QTableView:focus { border: 2px solid @accent; }
QTableView::item { padding: 0 8px; border: none; }
QTableView#reportTable::item { padding: 0 4px; border: none; }
QTableView::item:selected { background: @accentSoft; color: @text; }
QListView { background: @surface; border: 2px solid @border; border-radius: 6px; outline: none; }
QListView:focus { border: 2px solid @accent; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @mutedText; border: none; border-bottom: 1px solid @border;
    padding: 6px 8px; font-weight: 600; }
QMenu { background: @surface; border: 1px solid @fieldBorder; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; color: @text; }
QMenu::item:selected { background: @accentSoft; }
QMenu::item:checked { font-weight: 600; }
QMenu::separator { height: 1px; background: @border; margin: 4px 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @fieldBorder; border: 3px solid @window; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @mutedText; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: 1px solid @fieldBorder; border-radius: 4px; background: @surface; max-height: 10px; }
QProgressBar::chunk { background: @accent; }
)";

QHash<QString, QColor> names(const Colors& c)
{
    return {
        {QStringLiteral("window"), c.window},
        {QStringLiteral("surface"), c.surface},
        {QStringLiteral("raised"), c.raised},
        {QStringLiteral("border"), c.border},
        {QStringLiteral("fieldBorder"), c.fieldBorder},
        {QStringLiteral("text"), c.text},
        {QStringLiteral("mutedText"), c.mutedText},
        {QStringLiteral("accent"), c.accent},
        {QStringLiteral("onAccent"), c.onAccent},
        {QStringLiteral("accentSoft"), c.accentSoft},
        {QStringLiteral("focus"), c.focus},
        {QStringLiteral("good"), c.good},
        {QStringLiteral("goodSoft"), c.goodSoft},
        {QStringLiteral("warning"), c.warning},
        {QStringLiteral("warningSoft"), c.warningSoft},
        {QStringLiteral("bad"), c.bad},
        {QStringLiteral("badSoft"), c.badSoft},
        {QStringLiteral("practice"), c.practice},
        {QStringLiteral("onPractice"), c.onPractice},
    };
}

} // namespace

QString styleSheet(const Colors& colors, int pointSize)
{
    const QString raw = QString::fromUtf8(kText) + QString::fromUtf8(kFields) + QString::fromUtf8(kButtons) +
                        QString::fromUtf8(kFrames);
    const QHash<QString, QColor> byName = names(colors);
    static const QRegularExpression token(QStringLiteral("@([A-Za-z]+|[+-][0-9]+)"));

    QString sheet;
    qsizetype done = 0;
    for (auto it = token.globalMatch(raw); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString name = match.captured(1);
        sheet += QStringView(raw).mid(done, match.capturedStart() - done);
        sheet += byName.contains(name) ? byName.value(name).name()
                                       : QStringLiteral("%1pt").arg(pointSize + name.toInt());
        done = match.capturedEnd();
    }
    sheet += QStringView(raw).mid(done);
    return sheet;
}

} // namespace motcua
