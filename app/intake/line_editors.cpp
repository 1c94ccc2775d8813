// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/line_editors.h"

#include "app/intake/date_text.h"
#include "app/intake/place_suggestions.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/suggestion_edit.h"
#include "app/widgets/suggestion_source.h"
#include "core/base/text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>

#include <algorithm>

namespace motcua {

namespace {

QHBoxLayout* bareRow(QWidget* owner)
{
    auto* row = new QHBoxLayout(owner);
    row->setContentsMargins(0, 0, 0, 0);
    return row;
}

QString figuresOf(const QString& text)
{
    QString figures;
    for (const QChar c : text) {
        if (c != QLatin1Char(' ') && c != QLatin1Char('.') && c != QLatin1Char('-')) {
            figures += c;
        }
    }
    return figures;
}

} // namespace

TextEditor::TextEditor(const Leaf& leaf, QWidget* parent)
    : FieldEditor(parent), m_line(new SuggestionEdit(this))
{
    bareRow(this)->addWidget(m_line);
    setFocusProxy(m_line);
    // Room beyond the rule, so that a text that is too long is named by its rule and not cut off silently.
    m_line->setMaxLength(std::max(leaf.maxLength * 2, 64));
    if (!leaf.suggestions.empty()) {
        m_line->setOpensEmpty(true);
        QStringList texts;
        for (const std::string& text : leaf.suggestions) {
            texts << toQString(text);
        }
        m_line->setSource(suggestionsAmong(std::move(texts)));
    }
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    connect(m_line, &SuggestionEdit::picked, this, &FieldEditor::edited);
    connect(m_line, &SuggestionEdit::entered, this, &FieldEditor::entered);
    connect(m_line, &QLineEdit::editingFinished, this, [this] { settle(); });
}

void TextEditor::offerPeople(std::function<std::vector<Suggestion>(const QString& typed)> source)
{
    m_line->setSource(std::move(source));
    connect(m_line, &SuggestionEdit::picked, this,
            [this](const Suggestion& suggestion) { emit personChosen(suggestion.value); });
}

QString TextEditor::text() const
{
    return m_line->text();
}

Json TextEditor::value() const
{
    const std::string tidy = tidyText(toUtf8(text()));
    return tidy.empty() ? Json() : Json(tidy);
}

void TextEditor::setValue(const Json& value)
{
    m_line->setText(value.is_string() ? toQString(value.get<std::string>()) : QString());
}

int TextEditor::cursor() const
{
    return m_line->cursorPosition();
}

void TextEditor::focusAt(int cursor)
{
    m_line->setFocus(Qt::TabFocusReason);
    if (cursor >= 0) {
        m_line->deselect();
        m_line->setCursorPosition(cursor);
    }
}

QWidget* TextEditor::input()
{
    return m_line;
}

void TextEditor::settle() {}

Json DigitsEditor::value() const
{
    const std::string figures = toUtf8(figuresOf(text().trimmed()));
    return figures.empty() ? Json() : Json(figures);
}

void DigitsEditor::settle()
{
    line()->setText(figuresOf(text().trimmed()));
}

DateEditor::DateEditor(const Leaf& leaf, const FieldHelp& help, QWidget* parent)
    : TextEditor(leaf, parent),
      m_lunar(help.catalogue == nullptr ? nullptr : &help.catalogue->calendar().lunar())
{}

Json DateEditor::value() const
{
    const auto lunar = m_lunar == nullptr ? std::nullopt : lunarDateFromText(text());
    const Json solar = lunar ? solarEventDate(*lunar, *m_lunar) : Json();
    return solar.is_null() ? eventDateFromText(text()) : solar;
}

void DateEditor::tellLunar()
{
    if (m_lunar != nullptr) {
        const QString words = lunarWords(eventDateFromText(text()), *m_lunar);
        line()->setToolTip(words.isEmpty() ? words : tr("Là ngày %1").arg(words));
    }
}

void DateEditor::setValue(const Json& value)
{
    line()->setText(textOfEventDate(value));
    tellLunar();
}

void DateEditor::settle()
{
    const bool wasLunar = lunarDateFromText(text()).has_value();
    line()->setText(textOfEventDate(value()));
    tellLunar();
    if (wasLunar && !line()->toolTip().isEmpty()) {
        emit noted(tr("đổi từ %1").arg(lunarWords(value(), *m_lunar)));
    }
}

NumberEditor::NumberEditor(const Leaf& leaf, QWidget* parent)
    : TextEditor(leaf, parent), m_money(leaf.kind == LeafKind::Money)
{}

Json NumberEditor::value() const
{
    QString plain = figuresOf(text().trimmed());
    plain.remove(QChar(0x0111)); // đ
    if (plain.isEmpty()) {
        return {};
    }
    bool isNumber = false;
    const qlonglong number = plain.toLongLong(&isNumber);
    return isNumber ? Json(static_cast<std::int64_t>(number)) : Json(toUtf8(text().trimmed()));
}

void NumberEditor::setValue(const Json& value)
{
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        line()->setText(m_money ? toQString(formatDong(number)) : QString::number(number));
    } else {
        line()->setText(value.is_string() ? toQString(value.get<std::string>()) : QString());
    }
}

void NumberEditor::settle()
{
    setValue(value());
}

PlaceEditor::PlaceEditor(const Leaf& leaf, const FieldHelp& help, QWidget* parent) : TextEditor(leaf, parent)
{
    line()->setSource([help](const QString& typed) {
        const Units* units = help.units ? help.units() : nullptr;
        return units == nullptr ? std::vector<Suggestion>() : placeSuggestions(*units, typed, help.today);
    });
}

ClosedListEditor::ClosedListEditor(const Leaf& leaf, std::vector<Entry> entries, QWidget* parent)
    : TextEditor(leaf, parent), m_entries(std::move(entries))
{
    line()->setOpensEmpty(m_entries.size() <= 12);
    line()->setMarksFirst(true);
    line()->setSource([this](const QString& typed) {
        std::vector<Suggestion> found;
        const QString wanted = folded(typed);
        for (const Entry& entry : m_entries) {
            const bool byAlias =
                std::any_of(entry.aliases.begin(), entry.aliases.end(),
                            [&](const QString& alias) { return folded(alias).startsWith(wanted); });
            if (byAlias || startsAnyWord(folded(entry.label), wanted)) {
                found.push_back({entry.value, entry.label, {}});
            }
        }
        return found;
    });
}

const ClosedListEditor::Entry* ClosedListEditor::entryOf(const QString& typed) const
{
    const QString wanted = folded(typed);
    for (const Entry& entry : m_entries) {
        const bool byAlias = std::any_of(entry.aliases.begin(), entry.aliases.end(),
                                         [&](const QString& alias) { return folded(alias) == wanted; });
        if (byAlias || folded(entry.label) == wanted) {
            return &entry;
        }
    }
    return nullptr;
}

Json ClosedListEditor::value() const
{
    const QString typed = text().trimmed();
    if (typed.isEmpty()) {
        return {};
    }
    const Entry* entry = entryOf(typed);
    return Json(toUtf8(entry != nullptr ? entry->value : typed));
}

void ClosedListEditor::setValue(const Json& value)
{
    const QString text = value.is_string() ? toQString(value.get<std::string>()) : QString();
    for (const Entry& entry : m_entries) {
        if (entry.value == text) {
            line()->setText(entry.label);
            return;
        }
    }
    line()->setText(text);
}

void ClosedListEditor::settle()
{
    setValue(value());
}

LinesEditor::LinesEditor(const Leaf&, QWidget* parent) : FieldEditor(parent), m_edit(new QPlainTextEdit(this))
{
    bareRow(this)->addWidget(m_edit);
    setFocusProxy(m_edit);
    m_edit->setTabChangesFocus(true);
    m_edit->setFixedHeight(fontMetrics().lineSpacing() * 3 + 6 * kGrid);
    m_edit->installEventFilter(this);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &FieldEditor::edited);
}

Json LinesEditor::value() const
{
    const std::string tidy = tidyText(toUtf8(m_edit->toPlainText()), Lines::Keep);
    return tidy.empty() ? Json() : Json(tidy);
}

void LinesEditor::setValue(const Json& value)
{
    const QSignalBlocker quiet(m_edit);
    m_edit->setPlainText(value.is_string() ? toQString(value.get<std::string>()) : QString());
}

int LinesEditor::cursor() const
{
    return m_edit->textCursor().position();
}

void LinesEditor::focusAt(int cursor)
{
    m_edit->setFocus(Qt::TabFocusReason);
    if (cursor >= 0) {
        QTextCursor place = m_edit->textCursor();
        place.setPosition(std::min(cursor, static_cast<int>(m_edit->toPlainText().size())));
        m_edit->setTextCursor(place);
    }
}

QWidget* LinesEditor::input()
{
    return m_edit;
}

bool LinesEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers() == Qt::NoModifier) {
            emit entered();
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace motcua
