// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme/theme.h"

#include "app/theme/style_sheet.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QStyleFactory>
#include <QSvgRenderer>

#include <array>
#include <cstdlib>

static void initIconResource()
{
    Q_INIT_RESOURCE(motcua_icons);
}

namespace motcua {

namespace {

/// Draws a one-colour SVG at the size that is asked for, so that 200 % is as sharp as 100 %.
class InkEngine final : public QIconEngine
{
public:
    explicit InkEngine(QByteArray svg) : m_svg(std::move(svg)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        if (mode == QIcon::Disabled) {
            painter->setOpacity(0.45);
        }
        painter->setRenderHint(QPainter::Antialiasing);
        QSvgRenderer(m_svg).render(painter, QRectF(rect));
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap image(size);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return image;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new InkEngine(m_svg); }

private:
    QByteArray m_svg;
};

QPalette paletteOf(const Colors& colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.raised);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::Button, colors.surface);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.bad);
    palette.setColor(QPalette::Highlight, colors.accent);
    palette.setColor(QPalette::HighlightedText, colors.onAccent);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    palette.setColor(QPalette::ToolTipBase, colors.surface);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.mutedText);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, colors.mutedText);
    }
    return palette;
}

constexpr std::array kPointSizes{11, 13, 16};

} // namespace

Theme::Theme(QApplication& application) : m_application(application)
{
    initIconResource();
    m_application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
}

void Theme::setLook(Look look)
{
    if (look != m_look) {
        m_look = look;
        apply();
    }
}

void Theme::setPointSize(int points)
{
    int nearest = kPointSizes.front();
    for (const int size : kPointSizes) {
        nearest = std::abs(size - points) < std::abs(nearest - points) ? size : nearest;
    }
    if (nearest != m_pointSize) {
        m_pointSize = nearest;
        apply();
    }
}

void Theme::apply()
{
    // Named, so that the same letters and line breaks are seen on each machine; both have every Vietnamese
    // letter and figures of one width.
    QFont font;
    font.setFamilies(
        {QStringLiteral("Noto Sans"), QStringLiteral("Liberation Sans"), QStringLiteral("sans-serif")});
    font.setPointSize(m_pointSize);
    QApplication::setFont(font);
    QApplication::setPalette(paletteOf(colors()));
    m_application.setStyleSheet(styleSheet(colors(), m_pointSize));
    emit changed();
}

QIcon Theme::icon(const QString& name, const QColor& ink)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace(QByteArrayLiteral("#000"), ink.name().toLatin1());
    return QIcon(new InkEngine(svg));
}

} // namespace motcua
