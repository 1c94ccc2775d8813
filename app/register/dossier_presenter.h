// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/error_text.h"
#include "app/intake/form_parts.h"
#include "core/base/clock.h"
#include "core/desk/desk.h"

#include <QObject>

#include <optional>

namespace motcua {

/// One line of a dossier's history in words.
struct TimelineEntry
{
    QString when;
    QString who;
    QString what;
    QStringList details; ///< "Số điện thoại: 0912… → 0987…"
    QString icon;
};

/// One open dossier: its fields, its history, its next steps, and the acts on it. No widget.
class DossierPresenter : public QObject
{
    Q_OBJECT
public:
    DossierPresenter(Desk& desk, const Clock& clock, QObject* parent = nullptr);

    [[nodiscard]] bool open(const std::string& code);
    void close();
    /// Reads the open dossier again; true, and shown(), where it stands otherwise by now. Nothing where it
    /// does not, and where it cannot be read: the next act says why.
    bool refresh();
    [[nodiscard]] const std::optional<DossierView>& view() const { return m_view; }
    [[nodiscard]] const std::vector<FormPart>& parts() const { return m_parts; }
    [[nodiscard]] QString procedureName() const;
    [[nodiscard]] std::vector<TimelineEntry> timeline();
    /// Its files and how far they are on their way to the portal.
    [[nodiscard]] std::vector<Desk::DossierFile> files();
    [[nodiscard]] const Leaf* leaf(const std::string& pointer) const;

    /// An act once; changed() says that it is written. What somebody else changed meanwhile is not
    /// overwritten: shown() brings it, and problems() says so.
    void move(Status to, const QString& note);
    void change(const std::string& pointer, const Json& value, const QString& reason);
    /// `seen`: what stood there when the person was asked; otherwise what is shown now.
    void change(const std::string& pointer, const Json& value, const QString& reason, const Json& seen);

    /// What of its fees is not settled: not marked as paid, or paid without the official receipt's number.
    struct OpenFees
    {
        std::int64_t unpaid = 0; ///< đồng
        bool numberMissing = false;
        Json fees; ///< all of them, as they are shown
        [[nodiscard]] bool any() const { return unpaid > 0 || numberMissing; }
    };
    [[nodiscard]] OpenFees openFees() const;
    /// Marks all of them as paid now and writes the receipt's number to those without one. `asked`: those of
    /// which the person was asked; otherwise what is shown now.
    void collectFees(const QString& receiptNo, const OpenFees& asked);
    void collectFees(const QString& receiptNo) { collectFees(receiptNo, openFees()); }

    [[nodiscard]] Desk& desk() { return m_desk; }
    /// Something was written about the open dossier by another's act: read it again.
    void wroteBeside();

signals:
    void shown();   ///< another dossier, or this one as it is now
    void changed(); ///< something was written
    void problems(const motcua::Problems& problems);
    void failed(const motcua::ErrorText& error);

private:
    void take(DossierView view);
    void settle(const Answer<Acted>& answer);
    [[nodiscard]] QString labelOf(const std::string& pointer) const;
    [[nodiscard]] TimelineEntry tell(const HistoryEntry& entry) const;

    Desk& m_desk;
    const Clock& m_clock;
    std::optional<DossierView> m_view;
    std::vector<FormPart> m_parts;
};

} // namespace motcua
