// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QImage>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace motcua {

class Theme;

/// One file as a line: a small picture of it or the sign of a document, its name, what there is to say of it,
/// and buttons.
class FileRow : public QFrame
{
    Q_OBJECT
public:
    FileRow(const QString& name, const QString& detail, QWidget* parent = nullptr);

    /// Dots of the longer side that the picture needs.
    [[nodiscard]] int pictureSide() const;
    void setPicture(const QImage& picture);
    void setDetail(const QString& detail, const char* role = "small");
    /// `spoken` with %1 for the file's name.
    QPushButton* addButton(const QString& text, const char* id, const QString& spoken);

private:
    QString m_name;
    QHBoxLayout* m_row;
    QLabel* m_picture;
    QLabel* m_detail;
};

} // namespace motcua
