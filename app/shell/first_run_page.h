// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shell/gate_card.h"
#include "core/vault/register_folder.h"

#include <memory>

namespace motcua {

/// The first start: makes this counter's register and its first account.
class FirstRunPage : public GateCard
{
    Q_OBJECT
public:
    FirstRunPage(Theme& theme, const QString& folder, QWidget* parent = nullptr);
    void prepare();

signals:
    void submitted(const std::shared_ptr<motcua::NewRegister>& made,
                   const std::shared_ptr<motcua::Secret>& password);

private:
    void submit();
    [[nodiscard]] QString wrong() const;

    QLineEdit* m_unit;
    QLineEdit* m_unitName;
    QLineEdit* m_slot;
    QLineEdit* m_fullName;
    QLineEdit* m_account;
    QLineEdit* m_password;
    QLineEdit* m_again;
};

} // namespace motcua
