// SPDX-License-Identifier: GPL-3.0-or-later
// What the page's search finds in old ledgers.
#include "app/ledger/found_rows_dialog.h"
#include "app/register/register_page.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

namespace motcua {

namespace {

constexpr std::int64_t kHitsMax = 50;

} // namespace

void RegisterPage::makeOldRows(QLayout* row)
{
    if (m_kind != Kind::Register) {
        return;
    }
    m_oldRows = makeButton({}, "", "oldLedgerRows");
    m_oldRows->hide();
    row->addWidget(m_oldRows);
    auto* bring = makeButton(tr("&Nhập sổ cũ…"), "", "bringOldLedger");
    row->addWidget(bring);
    connect(m_oldRows, &QPushButton::clicked, this, &RegisterPage::showOldRows);
    connect(bring, &QPushButton::clicked, this, &RegisterPage::ledgerWanted);
}

void RegisterPage::countOldRows()
{
    if (m_oldRows == nullptr) {
        return;
    }
    LedgerStore store(m_place.connection());
    const auto hits =
        m_text.isEmpty() ? Result<std::vector<LedgerHit>>() : store.search(toUtf8(m_text), kHitsMax + 1);
    const auto count = hits ? static_cast<int>(hits->size()) : 0;
    m_oldRows->setVisible(count > 0);
    m_oldRows->setText(count > kHitsMax ? tr("Sổ &cũ: hơn %1 dòng khớp").arg(kHitsMax)
                                        : tr("Sổ &cũ: %1 dòng khớp").arg(count));
}

void RegisterPage::showOldRows()
{
    LedgerStore store(m_place.connection());
    auto hits = store.search(toUtf8(m_text), kHitsMax);
    if (!hits) {
        const ErrorText text = explain(hits.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.next));
        return;
    }
    FoundRowsDialog dialog(m_place, std::move(*hits), m_text, this);
    dialog.exec();
}

} // namespace motcua
