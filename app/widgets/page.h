// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/message_bar.h"

#include <QWidget>

namespace motcua {

/// One place of the window. The shell shows it, hands it the keys that mean the same everywhere, and puts its
/// context panel at the right.
class Page : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// What the program knows that helps now; stays the page's own. Null: the page takes the whole width.
    [[nodiscard]] virtual QWidget* contextPanel() { return nullptr; }
    /// The page has come to the front.
    virtual void arrive() {}
    virtual void pressContinue() {} ///< Ctrl+Enter
    virtual void pressPrint() {}    ///< Ctrl+P
    virtual void pressFillIn() {}   ///< F12: what is offered for the field that one is in
    /// Esc: one step back, keeping everything. False: there is nothing to go back to here.
    [[nodiscard]] virtual bool goBack() { return false; }
    /// What stands in the window's title while this page is in front: the place, or the step of it.
    [[nodiscard]] QString step() const { return m_step; }

protected:
    void setStep(const QString& step)
    {
        m_step = step;
        emit stepped();
    }

signals:
    void announced(motcua::Tone tone, const QString& what, const QString& next);
    void quiet(); ///< what was announced is over
    void dossierWanted(const QString& code);
    /// Something was written: counts and lists may be old.
    void registerChanged();
    void stepped();

private:
    QString m_step;
};

} // namespace motcua
