// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/first_run_page.h"

#include "app/widgets/display_text.h"

#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace motcua {

namespace {

constexpr qsizetype kPasswordMin = 8;

} // namespace

FirstRunPage::FirstRunPage(Theme& theme, const QString& folder, QWidget* parent)
    : GateCard(theme, tr("Lập sổ mới"),
               tr("Máy này chưa có sổ ở %1. Ghi đơn vị và tài khoản quản trị đầu tiên; sổ được mã hóa bằng "
                  "mật khẩu của bạn.")
                   .arg(displayText(folder)),
               parent),
      m_unit(addField(tr("Mã đơn vị"), "unit", tr("Đầu của mọi mã hồ sơ, ví dụ H26.131"))),
      m_unitName(addField(tr("Tên đơn vị"), "unitName", tr("Ví dụ: UBND xã Phúc Thọ"))),
      m_slot(addField(tr("Số quầy (0–9)"), "slot",
                      tr("Mỗi máy trong đơn vị một số, để mã hồ sơ không bao giờ trùng"))),
      m_fullName(addField(tr("Họ tên của bạn"), "fullName")),
      m_account(addField(tr("Tên tài khoản"), "account", tr("Chữ thường và số, ví dụ: lan"))),
      m_password(addPassword(tr("Mật khẩu"), "password",
                             tr("Ít nhất 8 ký tự. Mất mật khẩu của mọi người là mất sổ."))),
      m_again(addPassword(tr("Gõ lại mật khẩu"), "passwordAgain"))
{
    connect(addAction(tr("Lập sổ"), "createRegister"), &QPushButton::clicked, this, &FirstRunPage::submit);
}

void FirstRunPage::prepare()
{
    m_unit->setFocus();
}

QString FirstRunPage::wrong() const
{
    static const QRegularExpression unit(QStringLiteral("^[A-Z][0-9A-Z.]{1,34}$"));
    static const QRegularExpression slot(QStringLiteral("^[0-9]$"));
    static const QRegularExpression account(QStringLiteral("^[a-z][a-z0-9._-]{0,39}$"));
    if (!unit.match(m_unit->text().trimmed()).hasMatch()) {
        return tr("Mã đơn vị gồm chữ in hoa, số và dấu chấm, ví dụ H26.131.");
    }
    if (m_unitName->text().trimmed().isEmpty()) {
        return tr("Chưa ghi tên đơn vị.");
    }
    if (!slot.match(m_slot->text().trimmed()).hasMatch()) {
        return tr("Số quầy là một chữ số từ 0 đến 9.");
    }
    if (!account.match(m_account->text().trimmed()).hasMatch()) {
        return tr("Tên tài khoản bắt đầu bằng chữ thường không dấu, rồi chữ, số, dấu chấm hay gạch.");
    }
    if (m_password->text().size() < kPasswordMin) {
        return tr("Mật khẩu phải có ít nhất 8 ký tự.");
    }
    return m_password->text() == m_again->text() ? QString() : tr("Hai lần gõ mật khẩu không giống nhau.");
}

void FirstRunPage::submit()
{
    if (const QString problem = wrong(); !problem.isEmpty()) {
        showError(problem, {});
        return;
    }
    auto made = std::make_shared<NewRegister>();
    made->unit = toUtf8(m_unit->text().trimmed());
    made->unitName = toUtf8(m_unitName->text().simplified());
    made->slot = m_slot->text().trimmed().toInt();
    made->admin = toUtf8(m_account->text().trimmed());
    made->adminFullName = toUtf8(m_fullName->text().simplified());
    m_again->clear();
    emit submitted(made, std::make_shared<Secret>(takePassword(m_password)));
}

} // namespace motcua
