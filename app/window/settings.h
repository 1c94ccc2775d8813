// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/theme.h"

#include <QByteArray>
#include <QString>

#include <filesystem>

namespace motcua {

/// How this counter likes its window: kept beside the register in window.ini, no data of citizens in it.
class WindowSettings
{
public:
    explicit WindowSettings(const std::filesystem::path& folder);

    [[nodiscard]] Look look() const;
    void setLook(Look look);
    [[nodiscard]] int pointSize() const;
    void setPointSize(int points);
    [[nodiscard]] QString account() const;
    void setAccount(const QString& account);
    [[nodiscard]] QString printer() const;
    void setPrinter(const QString& printer);
    /// The version of the catalogue that was announced last.
    [[nodiscard]] QString catalogue() const;
    void setCatalogue(const QString& version);
    [[nodiscard]] QByteArray layout(const QString& what) const;
    void setLayout(const QString& what, const QByteArray& state);

private:
    void set(const QString& key, const QVariant& value);
    [[nodiscard]] QVariant value(const QString& key, const QVariant& otherwise = {}) const;
    QString m_file;
};

} // namespace motcua
