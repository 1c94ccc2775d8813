// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

class QButtonGroup;
class QPushButton;

namespace motcua {

/// A closed question with few answers, all visible: arrows move, a figure chooses, Enter goes on. One tab
/// stop. Nothing is chosen until somebody chooses.
class SegmentedChoice : public QWidget
{
    Q_OBJECT
public:
    struct Option
    {
        QString value;
        QString label;
    };
    explicit SegmentedChoice(std::vector<Option> options, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<QString> chosen() const;
    void choose(const std::optional<QString>& value);
    void setSpokenName(const QString& name);

signals:
    void changed();
    void entered(); ///< Enter: on to the next field

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void chooseIndex(int index);
    void updateTabStop();

    std::vector<Option> m_options;
    QButtonGroup* m_group;
    std::vector<QPushButton*> m_buttons;
};

} // namespace motcua
