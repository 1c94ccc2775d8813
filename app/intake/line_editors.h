// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"

#include <functional>

class QLineEdit;
class QPlainTextEdit;

namespace motcua {

class SuggestionEdit;

/// A line of text, with suggestions where there are some. The others of this file differ in how the text and
/// the value belong together.
class TextEditor : public FieldEditor
{
    Q_OBJECT
public:
    TextEditor(const Leaf& leaf, QWidget* parent);

    /// Offers people while a name or number is typed.
    void offerPeople(std::function<std::vector<Suggestion>(const QString& typed)> source);

    [[nodiscard]] Json value() const override;
    void setValue(const Json& value) override;
    [[nodiscard]] int cursor() const override;
    void focusAt(int cursor) override;
    [[nodiscard]] QWidget* input() override;

protected:
    [[nodiscard]] SuggestionEdit* line() const { return m_line; }
    [[nodiscard]] QString text() const;
    /// Called when the keyboard leaves, to show the text as it will be kept.
    virtual void settle();

private:
    SuggestionEdit* m_line;
};

/// Figures only, as in personal ids and phones; spaces and dots between them are dropped when it is left.
class DigitsEditor final : public TextEditor
{
    Q_OBJECT
public:
    using TextEditor::TextEditor;
    [[nodiscard]] Json value() const override;

protected:
    void settle() override;
};

/// A day, month or year. A lunar date ("10/3 âl 2026") becomes the solar one, which registers keep; the lunar
/// one is told beside it.
class DateEditor final : public TextEditor
{
    Q_OBJECT
public:
    DateEditor(const Leaf& leaf, const FieldHelp& help, QWidget* parent);
    [[nodiscard]] Json value() const override;
    void setValue(const Json& value) override;

protected:
    void settle() override;

private:
    void tellLunar();

    const LunarCalendar* m_lunar; ///< null where there is no catalogue to ask
};

/// Whole numbers; money is grouped when it is left.
class NumberEditor final : public TextEditor
{
    Q_OBJECT
public:
    NumberEditor(const Leaf& leaf, QWidget* parent);
    [[nodiscard]] Json value() const override;
    void setValue(const Json& value) override;

protected:
    void settle() override;

private:
    bool m_money;
};

/// A place in two levels: what is typed after the last comma is looked up among communes and provinces.
class PlaceEditor final : public TextEditor
{
    Q_OBJECT
public:
    PlaceEditor(const Leaf& leaf, const FieldHelp& help, QWidget* parent);
};

/// A long closed list, typed and completed: ethnic groups by any of their spellings, choices by their labels.
class ClosedListEditor final : public TextEditor
{
    Q_OBJECT
public:
    struct Entry
    {
        QString value;
        QString label;
        std::vector<QString> aliases;
    };
    ClosedListEditor(const Leaf& leaf, std::vector<Entry> entries, QWidget* parent);
    [[nodiscard]] Json value() const override;
    void setValue(const Json& value) override;

protected:
    void settle() override;

private:
    [[nodiscard]] const Entry* entryOf(const QString& text) const;
    std::vector<Entry> m_entries;
};

/// Several lines; Enter goes on, Shift+Enter breaks the line.
class LinesEditor final : public FieldEditor
{
    Q_OBJECT
public:
    LinesEditor(const Leaf& leaf, QWidget* parent);
    [[nodiscard]] Json value() const override;
    void setValue(const Json& value) override;
    [[nodiscard]] int cursor() const override;
    void focusAt(int cursor) override;
    [[nodiscard]] QWidget* input() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPlainTextEdit* m_edit;
};

} // namespace motcua
