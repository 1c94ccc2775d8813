// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/books/book_text.h"

#include "app/common/error_text.h"
#include "app/widgets/display_text.h"

#include <QCoreApplication>

namespace motcua {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("motcua::Books", text);
}

} // namespace

QString refusalWords(const Refusal& refusal)
{
    if (refusal.problems.empty()) {
        return toQString(explain(refusal.error).sentence());
    }
    QStringList lines;
    for (const Problem& problem : refusal.problems) {
        lines << displayText(problem.message);
    }
    return lines.join(QLatin1Char('\n'));
}

QString holdWords(const BookState& state, const BookCounter& self)
{
    const auto slot = state.holder ? state.holder->slot : 0;
    if (state.isHeldBy(self)) {
        return words("Quầy này giữ");
    }
    if (state.holder && *state.holder == self) {
        return words("Chờ quầy này nhận");
    }
    if (state.holder && state.holder->install == self.install) {
        return words("Chưa rõ sau phục hồi");
    }
    return (state.inTransit ? words("Đang bàn giao cho quầy %1") : words("Quầy %1 giữ")).arg(slot);
}

std::vector<AskField> signerFields(BookDesk& books, const std::string& book)
{
    QString name;
    QString title;
    const auto state = books.books().state(book);
    if (state && *state && (*state)->totals.numbers > 0) {
        if (const auto entry = books.books().entry(book, (*state)->totals.numbers)) {
            name = displayText(stringAt(at(entry->act, "signer"), "name"));
            title = displayText(stringAt(at(entry->act, "signer"), "title"));
        }
    }
    return {{QStringLiteral("signer"), words("Người ký"), name, true, {}, {}},
            {QStringLiteral("title"),
             words("Chức vụ"),
             title.isEmpty() ? words("Chủ tịch") : title,
             true,
             {},
             {}}};
}

BookSigner signerFrom(const std::map<QString, QString>& values)
{
    const auto value = [&](const char* id) {
        const auto found = values.find(QLatin1String(id));
        return found == values.end() ? std::string() : toUtf8(found->second);
    };
    return {value("signer"), value("title")};
}

} // namespace motcua
