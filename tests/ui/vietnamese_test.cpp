// SPDX-License-Identifier: GPL-3.0-or-later
// Qt's own dialog for files speaks Vietnamese too: every word that it shows was put there by us.
#include "app/window/vietnamese.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QTemporaryDir>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

/// Plain letters without any mark of Vietnamese: what an untranslated word looks like.
bool looksEnglish(QString text)
{
    static const QStringList allowed{QStringLiteral("Lui"), QStringLiteral("Danh sách")};
    text.remove(QLatin1Char('&'));
    return !text.isEmpty() && !allowed.contains(text) &&
           std::all_of(text.begin(), text.end(), [](QChar letter) { return letter.unicode() < 128; });
}

QStringList wordsOf(const QFileDialog& dialog)
{
    QStringList words{dialog.windowTitle()};
    for (const auto* label : dialog.findChildren<QLabel*>()) {
        words << label->text();
    }
    for (const auto* button : dialog.findChildren<QAbstractButton*>()) {
        words << button->text() << button->toolTip();
    }
    for (const auto* action : dialog.findChildren<QAction*>()) {
        words << action->text();
    }
    for (const auto* header : dialog.findChildren<QHeaderView*>()) {
        for (int i = 0; header->model() != nullptr && i < header->count(); ++i) {
            words << header->model()->headerData(i, Qt::Horizontal).toString();
        }
    }
    return words;
}

} // namespace

TEST_CASE("the dialog that chooses files has no English word")
{
    VietnameseControls vietnamese;
    QApplication::installTranslator(&vietnamese);
    const QTemporaryDir folder;
    for (const auto accept : {QFileDialog::AcceptOpen, QFileDialog::AcceptSave}) {
        for (const auto mode : {QFileDialog::AnyFile, QFileDialog::Directory}) {
            QFileDialog dialog(nullptr, QStringLiteral("Chọn tệp"), folder.path());
            dialog.setOption(QFileDialog::DontUseNativeDialog);
            dialog.setAcceptMode(accept);
            dialog.setFileMode(mode);
            dialog.show();
            QApplication::processEvents();
            const QStringList words = wordsOf(dialog);
            CHECK(words.size() > 20);
            for (const QString& word : words) {
                INFO(word.toStdString());
                CHECK_FALSE(looksEnglish(word));
            }
        }
    }
    QApplication::removeTranslator(&vietnamese);
}

TEST_CASE("names of keys stay as the keyboard says them")
{
    const VietnameseControls vietnamese;
    CHECK(vietnamese.translate("QShortcut", "Delete", nullptr, -1).isEmpty());
    CHECK(vietnamese.translate("QLineEdit", "Delete", nullptr, -1) == QStringLiteral("Xóa"));
    CHECK(vietnamese.translate("Motcua", "Open", nullptr, -1).isEmpty());
}

} // namespace motcua
