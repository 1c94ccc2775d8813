// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/settings.h"

#include "app/widgets/display_text.h"

#include <QSettings>

namespace motcua {

WindowSettings::WindowSettings(const std::filesystem::path& folder)
    : m_file(toQString((folder / "window.ini").string()))
{}

void WindowSettings::set(const QString& key, const QVariant& value)
{
    QSettings(m_file, QSettings::IniFormat).setValue(key, value);
}

QVariant WindowSettings::value(const QString& key, const QVariant& otherwise) const
{
    return QSettings(m_file, QSettings::IniFormat).value(key, otherwise);
}

Look WindowSettings::look() const
{
    const QString name = value(QStringLiteral("look")).toString();
    return name == QLatin1String("dark")       ? Look::Dark
           : name == QLatin1String("contrast") ? Look::HighContrast
                                               : Look::Light;
}

void WindowSettings::setLook(Look look)
{
    const char* name = look == Look::Dark ? "dark" : look == Look::HighContrast ? "contrast" : "light";
    set(QStringLiteral("look"), QLatin1String(name));
}

int WindowSettings::pointSize() const
{
    return value(QStringLiteral("pointSize"), 11).toInt();
}

void WindowSettings::setPointSize(int points)
{
    set(QStringLiteral("pointSize"), points);
}

QString WindowSettings::account() const
{
    return value(QStringLiteral("account")).toString();
}

void WindowSettings::setAccount(const QString& account)
{
    set(QStringLiteral("account"), account);
}

QString WindowSettings::printer() const
{
    return value(QStringLiteral("printer")).toString();
}

void WindowSettings::setPrinter(const QString& printer)
{
    set(QStringLiteral("printer"), printer);
}

QString WindowSettings::catalogue() const
{
    return value(QStringLiteral("catalogue")).toString();
}

void WindowSettings::setCatalogue(const QString& version)
{
    set(QStringLiteral("catalogue"), version);
}

QByteArray WindowSettings::layout(const QString& what) const
{
    return value(QStringLiteral("layout/") + what).toByteArray();
}

void WindowSettings::setLayout(const QString& what, const QByteArray& state)
{
    set(QStringLiteral("layout/") + what, state);
}

} // namespace motcua
