// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QImage>

class QLabel;
class QScrollArea;

namespace motcua {

/// A scan as large as the window, or at its own size; nothing of it touches the disk.
class PictureDialog : public QDialog
{
    Q_OBJECT
public:
    PictureDialog(const QString& name, QImage picture, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void show(bool isWhole);
    void draw();

    QImage m_picture;
    QLabel* m_sheet;
    QScrollArea* m_scroll;
    bool m_isWhole = true; ///< all of it in the window
};

} // namespace motcua
