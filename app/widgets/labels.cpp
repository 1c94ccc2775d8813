// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/labels.h"

#include <QStyle>

namespace motcua {

QLabel* makeLineLabel(const QString& text, const char* role, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setProperty("role", QLatin1String(role));
    return label;
}

QLabel* makeLabel(const QString& text, const char* role, QWidget* parent)
{
    QLabel* label = makeLineLabel(text, role, parent);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    label->setSizePolicy(policy);
    return label;
}

QPushButton* makeButton(const QString& text, const char* role, const char* id, const QString& key,
                        QWidget* parent)
{
    auto* button = new QPushButton(key.isEmpty() ? text : text + QStringLiteral("   ") + key, parent);
    button->setProperty("role", QLatin1String(role));
    button->setAutoDefault(false);
    QString spoken = text;
    spoken.remove(QLatin1Char('&'));
    return named(button, id, spoken);
}

QFrame* makeFrame(const char* role, int margin, int spacing, QWidget* parent)
{
    auto* frame = new QFrame(parent);
    frame->setProperty("role", QLatin1String(role));
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(spacing);
    return frame;
}

QVBoxLayout* columnOf(QFrame* frame)
{
    return qobject_cast<QVBoxLayout*>(frame->layout());
}

QFrame* makeRule(QWidget* parent)
{
    auto* rule = new QFrame(parent);
    rule->setProperty("role", QStringLiteral("line"));
    return rule;
}

void setStyleProperty(QWidget* widget, const char* property, const char* value)
{
    const QString text = QLatin1String(value);
    if (widget->property(property).toString() == text) {
        return;
    }
    widget->setProperty(property, text);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout* inner = item->layout()) {
            clearLayout(inner);
        }
        delete item;
    }
}

QString brokenIntoLines(const QString& text, const QFontMetrics& metrics, int width)
{
    QString lines;
    QString line;
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
        if (!line.isEmpty() && metrics.horizontalAdvance(longer) > width) {
            lines += line + QLatin1Char('\n');
            line = word;
        } else {
            line = longer;
        }
    }
    return lines + line;
}

} // namespace motcua
