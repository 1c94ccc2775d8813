// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/queue/needs_you_page.h"
#include "app/theme/theme.h"
#include "tests/ui/gui_session.h"
#include "tests/unit/desk/portal_words.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <catch2/catch.hpp>

namespace motcua::test {

/// A counter with a page in front and a keyboard that counts.
struct Office
{
    Office() { test::needGui(); }

    /// A dossier in which both sides changed `pointer`.
    std::string conflict(const std::string& name, const std::string& pointer, const Json& ours,
                         const Json& theirs)
    {
        return conflict(name, Json{{pointer, ours}}, Json{{pointer, theirs}});
    }
    /// The same of several fields.
    std::string conflict(const std::string& name, const Json& ours, const Json& theirs)
    {
        const auto received = counter.desk->receive(counter.draft(name));
        REQUIRE(received);
        portal.answerAll();
        REQUIRE(counter.desk->change(received->code, ours, "sửa theo giấy"));
        counter.clock.advance(std::chrono::minutes{5});
        portal.cityChanges(received->uid, theirs);
        portal.answerAll("conflict", "rev-mismatch");
        REQUIRE(counter.portal->mergeConflicts() == 0);
        return received->code;
    }
    void refused(const std::string& name)
    {
        REQUIRE(counter.desk->receive(counter.draft(name)));
        portal.answerAll("rejected", "invalid-fields");
    }
    void open()
    {
        page = std::make_unique<NeedsYouPage>(
            theme, *counter.desk, counter.clock,
            FieldHelp{&counter.catalogue, {}, dayInVietnam(counter.clock.now())});
        page->resize(1100, 640);
        page->show();
        QApplication::setActiveWindow(page.get());
        page->arrive();
    }
    /// To whatever has the keyboard.
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        ++keys;
        QWidget* focus = QApplication::focusWidget();
        REQUIRE(focus != nullptr);
        if (key == Qt::Key_Return && modifiers == Qt::ControlModifier) {
            page->pressContinue(); // the window's key
            return;
        }
        if (auto* button = qobject_cast<QPushButton*>(focus); button != nullptr && key == Qt::Key_Return) {
            button->click(); // as the window does for every button
            return;
        }
        QTest::keyClick(focus, static_cast<Qt::Key>(key), modifiers);
    }
    void type(const QString& text)
    {
        keys += static_cast<int>(text.size());
        QTest::keyClicks(QApplication::focusWidget(), text);
    }
    template<class W> W* find(const char* name) const
    {
        const auto all = page->findChildren<W*>(QLatin1String(name));
        return all.isEmpty() ? nullptr : all.last();
    }
    [[nodiscard]] std::size_t left() { return counter.desk->conflicts()->size(); }

    SmallCounter counter;
    PortalWords portal{counter};
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
    std::unique_ptr<NeedsYouPage> page;
    int keys = 0;
};

/// Of all labels; each says its text as it is.
inline QString allText(const QWidget& page)
{
    QStringList texts;
    for (const auto* label : page.findChildren<QLabel*>()) {
        CHECK(label->textFormat() == Qt::PlainText);
        texts << label->text();
    }
    return texts.join(QLatin1Char('|'));
}

} // namespace motcua::test
