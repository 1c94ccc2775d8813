// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/page.h"
#include "core/desk/desk.h"

#include <map>
#include <optional>
#include <vector>

class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace motcua {

class ActionListModel;
class ActionListView;
class SegmentedChoice;
class Theme;

/// What only a person can decide: where counter and city both changed the same field. One screen: what it
/// was, what stands here, what stands there, one choice a field, a reason, one button.
class NeedsYouPage : public Page
{
    Q_OBJECT
public:
    NeedsYouPage(Theme& theme, Desk& desk, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* contextPanel() override { return nullptr; }
    void arrive() override;
    void refresh();
    void pressContinue() override { decide(); }
    void showCase(const QString& code);

private:
    void showDetail(const QString& op);
    void addField(QVBoxLayout* column, const ConflictField& field, const QString& label);
    void addRefused(QVBoxLayout* column, const ConflictCase& conflict);
    void decide();
    [[nodiscard]] QString labelOf(const ConflictCase& conflict, const std::string& pointer);

    Theme& m_theme;
    Desk& m_desk;
    std::vector<ConflictCase> m_cases;
    const ConflictCase* m_open = nullptr;
    ActionListModel* m_model;
    ActionListView* m_list;
    QScrollArea* m_detail;
    std::map<std::string, SegmentedChoice*> m_choices;
    QLineEdit* m_reason = nullptr;
};

} // namespace motcua
