// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace motcua {

class Theme;

/// Paints state and appointment with icon and ink; reads roles only. All other columns are the base class's.
class DossierDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    DossierDelegate(Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    Theme& m_theme;
};

} // namespace motcua
