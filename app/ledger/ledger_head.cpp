// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/ledger_head.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

namespace motcua {

namespace {

QLabel* labelFor(const QString& text, QWidget* control)
{
    QLabel* label = makeLineLabel(text, "label");
    label->setBuddy(control);
    return label;
}

} // namespace

LedgerHead::LedgerHead(QWidget* parent)
    : QWidget(parent), m_name(makeLabel(tr("Chưa chọn tệp"))),
      m_sheet(named(new QComboBox, "ledgerSheet", tr("Trang tính"))),
      m_header(named(new QSpinBox, "ledgerHeader", tr("Dòng tiêu đề"))),
      m_book(named(new QComboBox, "ledgerBook", tr("Loại sổ"))),
      m_year(named(new QLineEdit, "ledgerYear", tr("Năm của sổ"))),
      m_volume(named(new QLineEdit, "ledgerVolume", tr("Quyển số")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kGrid);
    addFileLine(column);
    addBookLine(column);
}

void LedgerHead::addFileLine(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_choose = makeButton(tr("Chọn &tệp…"), "", "chooseLedger");
    row->addWidget(m_choose);
    m_name->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    row->addWidget(m_name, 1);
    row->addWidget(labelFor(tr("T&rang tính"), m_sheet));
    m_sheet->setMinimumContentsLength(14);
    row->addWidget(m_sheet);
    row->addWidget(labelFor(tr("&Dòng tiêu đề"), m_header));
    m_header->setRange(0, 1000);
    m_header->setSpecialValueText(tr("không có"));
    row->addWidget(m_header);
    column->addLayout(row);
    connect(m_choose, &QPushButton::clicked, this, &LedgerHead::fileWanted);
    connect(m_sheet, &QComboBox::activated, this, &LedgerHead::partChosen);
    connect(m_header, &QSpinBox::editingFinished, this, [this] {
        if (m_header->isEnabled() && m_header->value() != m_headerLooked) {
            emit partChosen();
        }
    });
}

void LedgerHead::addBookLine(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    for (const LedgerBook& book : ledgerBooks()) {
        m_book->addItem(toQString(book.label), toQString(book.kind));
    }
    m_year->setPlaceholderText(tr("nếu tệp không có cột năm"));
    m_year->setMaxLength(4);
    m_volume->setMaxLength(40);
    m_volume->setPlaceholderText(tr("nếu tệp không có cột quyển"));
    row->addWidget(labelFor(tr("&Loại sổ"), m_book));
    row->addWidget(m_book, 2);
    row->addWidget(labelFor(tr("Nă&m"), m_year));
    row->addWidget(m_year, 1);
    row->addWidget(labelFor(tr("&Quyển"), m_volume));
    row->addWidget(m_volume, 1);
    column->addLayout(row);
    connect(m_book, &QComboBox::currentIndexChanged, this, &LedgerHead::bookChanged);
    connect(m_year, &QLineEdit::textChanged, this, &LedgerHead::bookChanged);
    connect(m_volume, &QLineEdit::textChanged, this, &LedgerHead::bookChanged);
}

void LedgerHead::allow(Use use)
{
    m_choose->setEnabled(use != Use::Nothing);
    m_sheet->setEnabled(use != Use::Nothing && m_sheet->count() > 1);
    for (QWidget* control : std::initializer_list<QWidget*>{m_header, m_book, m_year, m_volume}) {
        control->setEnabled(use == Use::All);
    }
}

void LedgerHead::showFile(const LedgerSurvey& survey)
{
    m_name->setText(
        tr("%1 – %n dòng", nullptr, static_cast<int>(survey.rows)).arg(displayText(survey.file.name)));
    m_headerLooked = survey.header;
    m_sheet->clear();
    for (const std::string& sheet : survey.file.sheets) {
        m_sheet->addItem(sheet.empty() ? tr("(tệp CSV)") : displayText(sheet), toQString(sheet));
    }
    m_sheet->setCurrentIndex(m_sheet->findData(toQString(survey.sheet)));
}

void LedgerHead::showMap(const LedgerMap& map)
{
    m_header->setValue(static_cast<int>(map.header));
    m_book->setCurrentIndex(std::max(0, m_book->findData(toQString(map.book))));
    m_year->setText(map.year ? QString::number(*map.year) : QString());
    m_volume->setText(displayText(map.volume));
}

void LedgerHead::fill(LedgerMap& map) const
{
    map.book = toUtf8(m_book->currentData().toString());
    map.volume = toUtf8(m_volume->text().trimmed());
    bool isNumber = false;
    const int year = m_year->text().toInt(&isNumber);
    map.year = isNumber ? std::optional(year) : std::nullopt;
}

SurveyOptions LedgerHead::options(const LedgerSurvey& before) const
{
    SurveyOptions options;
    options.sheet = toUtf8(m_sheet->currentData().toString());
    const bool isSame = options.sheet == before.sheet;
    options.header = isSame ? std::optional<std::int64_t>(m_header->value()) : std::nullopt;
    return options;
}

void LedgerHead::takeKeyboard()
{
    m_choose->setFocus();
}

} // namespace motcua
