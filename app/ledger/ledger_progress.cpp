// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/ledger_progress.h"

#include "app/widgets/labels.h"

#include <QHBoxLayout>
#include <QProgressBar>

namespace motcua {

namespace {

constexpr int kLookMs = 150;

} // namespace

LedgerProgress::LedgerProgress(QWidget* parent)
    : QWidget(parent), m_text(makeLabel({}, "hint")),
      m_bar(named(new QProgressBar, "ledgerProgress", tr("Đã đọc được")))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text, 1);
    row->addWidget(m_bar, 1);
    m_bar->setTextVisible(false);
    m_bar->hide();
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, &LedgerProgress::look);
}

std::shared_ptr<LedgerRun> LedgerProgress::begin(const QString& what)
{
    m_run = std::make_shared<LedgerRun>();
    m_text->setText(what);
    m_bar->setRange(0, 0);
    m_bar->show();
    m_look.start();
    return m_run;
}

void LedgerProgress::end()
{
    m_look.stop();
    m_bar->hide();
    m_text->clear();
}

void LedgerProgress::stop()
{
    if (m_run) {
        m_run->stop = true;
        m_text->setText(tr("Đang dừng sau nhóm dòng này…"));
    }
}

void LedgerProgress::say(const QString& text)
{
    m_text->setText(text);
}

void LedgerProgress::look()
{
    if (!m_run || m_run->all == 0 || m_run->stop) {
        return;
    }
    m_bar->setRange(0, 1000);
    const auto all = std::max<std::uint64_t>(m_run->all, 1);
    m_bar->setValue(static_cast<int>(std::min<std::uint64_t>(m_run->done * 1000 / all, 1000)));
    if (m_run->rows > 0) {
        m_text->setText(tr("Đã qua %L1 dòng").arg(static_cast<qlonglong>(m_run->rows.load())));
    }
}

} // namespace motcua
