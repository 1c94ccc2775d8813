// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/file_actions.h"

#include "app/files/picture_dialog.h"
#include "app/widgets/display_text.h"
#include "core/files/file_name.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QUrl>

namespace motcua {

void FileActions::look(const NamedFile& file, const std::string& code)
{
    if (file.type == mediaType(FileKind::Pdf)) {
        lookOutside(file, code);
        return;
    }
    if (m_isLooking) {
        return;
    }
    m_isLooking = true;
    m_desk.picture(file, kLongestEdge, this, [this, file, code](const Result<QImage>& picture) {
        m_isLooking = false;
        if (!picture) {
            tellFailed(picture.error());
            return;
        }
        if (const auto noted = m_desk.recordLook(file, code); !noted) {
            tellFailed(noted.error());
            return;
        }
        auto* dialog = new PictureDialog(toQString(file.name), *picture, m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

void FileActions::lookOutside(const NamedFile& file, const std::string& code)
{
    QMessageBox question(m_window);
    question.setIcon(QMessageBox::Warning);
    question.setTextFormat(Qt::PlainText);
    question.setWindowTitle(tr("Mở tệp PDF"));
    question.setText(tr("Mở “%1” bằng chương trình khác của máy?").arg(displayText(file.name)));
    question.setInformativeText(
        tr("Tệp do người khác đưa tới; chỉ mở khi tin nguồn của nó. Bản mở ra nằm ngoài sổ mã hóa, trong thư "
           "mục riêng của bạn, và bị xóa khi đóng sổ. Việc mở được ghi vào nhật ký."));
    auto* open = question.addButton(tr("&Mở"), QMessageBox::AcceptRole);
    auto* leave = question.addButton(tr("&Thôi"), QMessageBox::RejectRole);
    question.setDefaultButton(leave);
    question.setEscapeButton(leave);
    question.exec();
    if (question.clickedButton() != open) {
        return;
    }
    m_desk.takeOut(file, code, this, [this](const Result<QString>& path) {
        if (!path) {
            tellFailed(path.error());
        } else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(*path))) {
            emit announced(Tone::Warning, tr("Máy này chưa có chương trình mở PDF."),
                           tr("Tệp trong sổ còn nguyên; lưu ra bằng nút “Lưu ra…” và xem ở máy khác."));
        }
    });
}

void FileActions::save(const NamedFile& file, const std::string& code)
{
    const auto kind = fileKindOf(file.type);
    if (!kind) {
        return;
    }
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString target =
        QFileDialog::getSaveFileName(m_window, tr("Lưu tệp ra ngoài sổ"),
                                     folder + QLatin1Char('/') + toQString(exportName(file.name, *kind)));
    if (target.isEmpty()) {
        return;
    }
    m_desk.save(file, code, target, this, [this, target](const Result<void>& done) {
        if (!done) {
            tellFailed(done.error());
            return;
        }
        emit announced(Tone::Good, tr("Đã lưu tệp; bản này không còn được sổ mã hóa bảo vệ."), target);
    });
}

void FileActions::tellFailed(const Error& error)
{
    const bool isBad = error.kind == ErrorKind::Damaged || error.kind == ErrorKind::NotFound;
    emit announced(Tone::Bad,
                   isBad ? tr("Tệp này hỏng hoặc mất trên máy.") : tr("Chưa làm được với tệp này."),
                   isBad ? tr("Hồ sơ còn nguyên. Quét lại giấy và đính kèm lần nữa thì tệp dùng lại được.")
                         : tr("Tệp trong sổ còn nguyên; đĩa có thể đã đầy. Thử lại."));
}

} // namespace motcua
