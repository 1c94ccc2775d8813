// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/built_in.h"

#include <QDir>
#include <QFile>

static void loadBuiltInPapers()
{
    Q_INIT_RESOURCE(motcua_papers); // a static library's resources are not found by themselves
}

namespace motcua {

namespace {

constexpr char kBuiltIn[] = ":/motcua/papers/";

std::vector<std::string> listed(const QString& folder, const char* pattern)
{
    std::vector<std::string> files;
    for (const QString& file :
         QDir(folder).entryList({QString::fromLatin1(pattern)}, QDir::Files, QDir::Name)) {
        files.push_back(file.toStdString());
    }
    return files;
}

} // namespace

std::vector<std::string> builtInFiles(const char* pattern)
{
    loadBuiltInPapers();
    return listed(QLatin1String(kBuiltIn), pattern);
}

Result<std::string> readBuiltIn(const std::string& file)
{
    loadBuiltInPapers();
    QFile builtIn(QLatin1String(kBuiltIn) + QString::fromStdString(file));
    if (!builtIn.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::NotFound, "there is no template " + file);
    }
    return builtIn.readAll().toStdString();
}

std::vector<std::string> filesIn(const std::filesystem::path& folder, const char* pattern)
{
    return folder.empty() ? std::vector<std::string>{}
                          : listed(QString::fromStdString(folder.string()), pattern);
}

} // namespace motcua
