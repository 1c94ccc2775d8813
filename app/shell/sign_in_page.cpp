// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/sign_in_page.h"

#include <QLineEdit>
#include <QPushButton>

namespace motcua {

SignInPage::SignInPage(Theme& theme, Kind kind, QWidget* parent)
    : GateCard(theme, kind == Kind::Locked ? tr("Đã khóa") : tr("Một Cửa"), {}, parent),
      m_account(addField(tr("Tài khoản"), "account")), m_password(addPassword(tr("Mật khẩu"), "password"))
{
    setAccessibleName(kind == Kind::Locked ? tr("Đã khóa") : tr("Đăng nhập"));
    QPushButton* action = addAction(kind == Kind::Locked ? tr("Mở khóa") : tr("Đăng nhập"), "signIn");
    connect(action, &QPushButton::clicked, this, [this] {
        const QString account = m_account->text().trimmed();
        if (account.isEmpty() || m_password->text().isEmpty()) {
            showError(tr("Chưa ghi đủ tài khoản và mật khẩu."), {});
            (account.isEmpty() ? m_account : m_password)->setFocus();
            return;
        }
        emit submitted(account, std::make_shared<Secret>(takePassword(m_password)));
    });
}

void SignInPage::prepare(const QString& lead, const QString& account)
{
    setLead(lead);
    clearError();
    if (m_account->text().isEmpty()) {
        m_account->setText(account);
    }
    (m_account->text().isEmpty() ? m_account : m_password)->setFocus();
}

void SignInPage::prepareAgain()
{
    m_password->setFocus();
}

} // namespace motcua
