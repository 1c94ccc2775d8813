// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeyCombination>
#include <QObject>

#include <functional>
#include <utility>
#include <vector>

namespace motcua {

/// The keys that mean the same on every page: function keys and Ctrl with a letter, never a letter alone,
/// since letters compose under Telex and VNI. Looked at before the focused control (which would take Ctrl+K
/// for itself); a held key acts once.
class KeyMap : public QObject
{
    Q_OBJECT
public:
    explicit KeyMap(QObject* parent = nullptr);
    void bind(QKeyCombination keys, std::function<void()> act);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::vector<std::pair<QKeyCombination, std::function<void()>>> m_bindings;
};

} // namespace motcua
