// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/books/book_text.h"

#include "app/common/error_text.h"
#include "app/widgets/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace motcua {

namespace {

constexpr qint64 kPagesAtOnce = 200; ///< a volume; the preview holds a picture of each

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
    return {textOf(values, "signer"), textOf(values, "title")};
}

std::string textOf(const std::map<QString, QString>& values, const char* id)
{
    const auto found = values.find(QLatin1String(id));
    return found == values.end() ? std::string() : toUtf8(found->second);
}

tl::expected<std::pair<qint64, qint64>, QString> pagesFrom(const std::map<QString, QString>& values,
                                                           qint64 count)
{
    const QString from = toQString(textOf(values, "from"));
    const QString to = toQString(textOf(values, "to"));
    bool isFirst = true;
    bool isLast = true;
    const qint64 first = from.isEmpty() ? 1 : from.toLongLong(&isFirst);
    const qint64 last = to.isEmpty() ? 0 : to.toLongLong(&isLast);
    const bool isRange = to.isEmpty() || (isLast && last >= first);
    if (!isFirst || first < 1 || first > std::max<qint64>(1, count) || !isRange) {
        return tl::unexpected(
            words("Ghi hai số trang từ 1 đến %1, số sau không nhỏ hơn số trước.").arg(count));
    }
    const qint64 pages = (to.isEmpty() ? count : std::min(last, count)) - first + 1;
    if (pages > kPagesAtOnce) {
        return tl::unexpected(words("Mỗi lần in tối đa %1 trang, ở đây là %2 trang. Hãy in từng phần.")
                                  .arg(kPagesAtOnce)
                                  .arg(pages));
    }
    return std::pair(first, last);
}

} // namespace motcua
