// SPDX-License-Identifier: GPL-3.0-or-later
// What the panel's buttons ask before they act.
#include "app/register/dossier_panel.h"

#include "app/register/act_dialog.h"
#include "app/register/status_look.h"
#include "app/widgets/display_text.h"
#include "core/base/text.h"

namespace motcua {

namespace {

QString joined(const Problems& problems)
{
    QStringList lines;
    for (const Problem& problem : problems) {
        lines << displayText(problem.message);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

/// Open until the act is done or somebody leaves; what speaks against it is said in the dialog.
void DossierPanel::run(ActDialog& dialog)
{
    connect(&m_presenter, &DossierPresenter::changed, &dialog, &QDialog::accept);
    connect(&m_presenter, &DossierPresenter::problems, &dialog,
            [&dialog](const Problems& p) { dialog.showProblem(joined(p)); });
    connect(&m_presenter, &DossierPresenter::failed, &dialog,
            [&dialog](const ErrorText& text) { dialog.showProblem(toQString(text.sentence())); });
    dialog.exec();
}

void DossierPanel::askMove(Status to)
{
    const auto rule = wantsNote(to) ? ActDialog::Word::Required : ActDialog::Word::Optional;
    const QString label = wantsNote(to) ? tr("Lý do") : tr("Ghi chú");
    ActDialog dialog(
        m_theme, moveWords(to),
        tr("Hồ sơ %1 · %2")
            .arg(toQString(m_presenter.view()->row.code), displayText(m_presenter.view()->row.name)),
        label, rule, moveWords(to), window());
    connect(&dialog, &ActDialog::confirmed, this,
            [this, &dialog, to] { m_presenter.move(to, dialog.word()); });
    run(dialog);
}

void DossierPanel::askFees()
{
    const DossierPresenter::OpenFees open = m_presenter.openFees();
    const bool pays = open.unpaid > 0;
    ActDialog dialog(
        m_theme, pays ? tr("Đã thu %1").arg(toQString(formatDong(open.unpaid))) : tr("Số biên lai"),
        tr("Ghi đúng số trên biên lai đã giao cho công dân; cuối ngày phiếu thu, biên lai và tiền "
           "phải khớp nhau."),
        tr("Số biên lai"), pays ? ActDialog::Word::Optional : ActDialog::Word::Required, tr("Ghi vào sổ"),
        window());
    connect(&dialog, &ActDialog::confirmed, this,
            [this, &dialog, open] { m_presenter.collectFees(dialog.word(), open); });
    run(dialog);
}

void DossierPanel::askChange(const std::string& pointer)
{
    const Leaf* leaf = m_presenter.leaf(pointer);
    if (leaf == nullptr) {
        return;
    }
    ActDialog dialog(m_theme, tr("Sửa thông tin"), tr("Giá trị cũ còn trong lịch sử, cùng tên bạn và lý do."),
                     tr("Lý do sửa"), ActDialog::Word::Required, tr("Ghi sửa đổi"), window());
    FieldEditor* editor = dialog.addEditor(*leaf, m_help);
    const Json seen = valueAt(m_presenter.view()->dossier, pointer);
    editor->setValue(seen);
    editor->focusAt(-1);
    connect(&dialog, &ActDialog::confirmed, this, [this, &dialog, editor, pointer, seen] {
        m_presenter.change(pointer, editor->value(), dialog.word(), seen);
    });
    run(dialog);
}

} // namespace motcua
