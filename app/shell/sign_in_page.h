// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shell/gate_card.h"

#include <memory>

namespace motcua {

/// Who works here now. Also the lock: then the name stands already and the half-filled form waits behind.
class SignInPage : public GateCard
{
    Q_OBJECT
public:
    enum class Kind
    {
        SignIn,
        Locked,
    };
    SignInPage(Theme& theme, Kind kind, QWidget* parent = nullptr);

    void prepare(const QString& lead, const QString& account);
    /// After a refusal: the message stays, the password is asked again.
    void prepareAgain();

signals:
    void submitted(const QString& account, const std::shared_ptr<motcua::Secret>& password);

private:
    QLineEdit* m_account;
    QLineEdit* m_password;
};

} // namespace motcua
