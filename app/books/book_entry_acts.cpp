// SPDX-License-Identifier: GPL-3.0-or-later
// What the buttons of the books page do with an entry, and with the pages of a book.
#include "app/books/books_page.h"

#include "app/books/entry_fields.h"
#include "app/common/error_text.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr qint64 kPagesAtFirst = 20;
constexpr qsizetype kValueShown = 60;

std::vector<AskField> changeFields(const std::vector<EntryField>& fields)
{
    if (fields.empty()) {
        return {};
    }
    AskField which{QStringLiteral("field"), BooksPage::tr("Trường thay đổi"), {}, false, {}, {}};
    which.choices.emplace_back(QString(), BooksPage::tr("(không đổi trường nào)"));
    for (const EntryField& field : fields) {
        QString now = field.now.simplified();
        if (now.size() > kValueShown) {
            now = now.left(kValueShown) + QChar(0x2026);
        }
        which.choices.emplace_back(
            toQString(field.leaf.pointer),
            displayText(now.isEmpty() ? field.label : field.label + QStringLiteral(": ") + now));
    }
    return {which,
            {QStringLiteral("value"),
             BooksPage::tr("Giá trị mới"),
             {},
             false,
             BooksPage::tr("Bản sao cấp từ nay in giá trị này. Ngày ghi như 21/06/1984."),
             {}}};
}

/// BookAnnotation::set as it was chosen and typed; otherwise what is wrong with it.
tl::expected<Json, QString> changeFrom(const std::vector<EntryField>& fields,
                                       const std::map<QString, QString>& values)
{
    const std::string pointer = textOf(values, "field");
    const QString typed = toQString(textOf(values, "value"));
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const EntryField& one) { return one.leaf.pointer == pointer; });
    Json set = Json::object();
    if (field == fields.end()) {
        return typed.isEmpty() ? tl::expected<Json, QString>(std::move(set))
                               : tl::unexpected(BooksPage::tr("Chọn trường thay đổi, hoặc xóa giá trị mới."));
    }
    auto value = typedValue(*field, typed);
    if (!value) {
        return value;
    }
    set[pointer] = std::move(*value);
    return set;
}

BookAnnotation annotationFrom(const std::map<QString, QString>& values, Day today)
{
    BookAnnotation annotation;
    annotation.date = today;
    annotation.content = textOf(values, "content");
    annotation.basis = textOf(values, "basis");
    annotation.issuer = textOf(values, "issuer");
    annotation.signer = signerFrom(values);
    return annotation;
}

} // namespace

void BooksPage::wantPrint()
{
    const std::string book = chosenBook();
    const auto pages = m_books.books().pages(book);
    if (!pages) {
        emit announced(Tone::Bad, toQString(explain(pages.error()).sentence()), {});
        return;
    }
    const auto count = static_cast<qint64>(pages->size());
    const QString first = QString::number(std::max<qint64>(1, count - kPagesAtFirst + 1));
    AskDialog dialog(m_theme, tr("In sổ"),
                     tr("%1: %2 trang do chương trình ghi, đếm từ 1 qua các quyển.")
                         .arg(displayText(bookTitle(m_place.catalogue(), book)))
                         .arg(count),
                     {{QStringLiteral("from"), tr("Từ trang"), first, false, {}, {}},
                      {QStringLiteral("to"),
                       tr("Đến trang"),
                       {},
                       false,
                       tr("Để trống: đến trang cuối, kèm lời khóa sổ nếu sổ đã khóa."),
                       {}}},
                     tr("Xem và in"), window());
    std::pair<qint64, qint64> wanted;
    dialog.setAct([&](const std::map<QString, QString>& values) {
        const auto asked = pagesFrom(values, count);
        wanted = asked.value_or(wanted);
        return asked ? QString() : asked.error();
    });
    if (dialog.exec() == QDialog::Accepted) {
        emit printWanted(toQString(book), wanted.first, wanted.second);
    }
}

void BooksPage::askAnnotate()
{
    const std::string book = chosenBook();
    const std::int64_t number = chosenNumber();
    const auto entry = m_books.books().entry(book, number);
    if (!entry) {
        emit announced(Tone::Bad, toQString(explain(entry.error()).sentence()), {});
        return;
    }
    const std::vector<EntryField> known = entryFields(m_place.catalogue(), *entry);
    std::vector<AskField> fields{
        {QStringLiteral("content"), tr("Nội dung ghi chú"), {}, true, {}, {}},
        {QStringLiteral("basis"), tr("Căn cứ: tên giấy tờ, số, ngày"), {}, true, {}, {}},
        {QStringLiteral("issuer"), tr("Nơi cấp giấy tờ ấy"), {}, false, {}, {}}};
    for (const auto& more : {changeFields(known), signerFields(m_books, book)}) {
        fields.insert(fields.end(), more.begin(), more.end());
    }
    ask(tr("Ghi chú vào số %1").arg(toQString(bookNumber(number))),
        tr("Mục đã ký giữ nguyên; ghi chú đứng bên cạnh, in trên bản sao."), fields, tr("Ghi chú"),
        [this, book, number, known](const std::map<QString, QString>& values) {
            auto change = changeFrom(known, values);
            if (!change) {
                return change.error();
            }
            BookAnnotation annotation = annotationFrom(values, dayInVietnam(m_place.clock().now()));
            annotation.set = std::move(*change);
            return wordsOf(m_books.annotate(book, number, annotation));
        });
}

void BooksPage::askCancel()
{
    const std::string book = chosenBook();
    const std::int64_t number = chosenNumber();
    std::vector<AskField> fields{{QStringLiteral("reason"), tr("Lý do hủy"), {}, true, {}, {}}};
    for (AskField& field : signerFields(m_books, book)) {
        fields.push_back(std::move(field));
    }
    ask(tr("Hủy số %1").arg(toQString(bookNumber(number))),
        tr("Số này giữ nguyên trong sổ với ghi chú hủy và không bao giờ dùng lại."), fields, tr("Hủy số này"),
        [this, book, number](const std::map<QString, QString>& values) {
            return wordsOf(m_books.cancel(book, number, textOf(values, "reason"), signerFrom(values)));
        });
}

} // namespace motcua
