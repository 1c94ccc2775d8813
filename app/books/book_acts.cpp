// SPDX-License-Identifier: GPL-3.0-or-later
// What the buttons of the books page do with a whole book; see book_entry_acts.cpp.
#include "app/books/books_page.h"

#include "app/common/error_text.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "core/base/file.h"

#include <QFileDialog>

namespace motcua {

namespace {

constexpr std::size_t kCardBytesMax = 65'536;

std::int64_t numberOf(const std::map<QString, QString>& values, const char* id)
{
    const auto found = values.find(QLatin1String(id));
    return found == values.end() ? 0 : found->second.toLongLong();
}

BookBalance balanceFrom(const std::map<QString, QString>& values)
{
    return {numberOf(values, "last"), std::max<std::int64_t>(1, numberOf(values, "volume")),
            numberOf(values, "page"), numberOf(values, "pagesBefore"), numberOf(values, "cancelled")};
}

} // namespace

void BooksPage::done(const QString& what, const QString& next)
{
    emit announced(Tone::Good, what, next);
    emit registerChanged();
    readBooks();
}

void BooksPage::ask(const QString& title, const QString& lead, const std::vector<AskField>& fields,
                    const QString& action, const AskDialog::Act& act)
{
    AskDialog dialog(m_theme, title, lead, fields, action, window());
    dialog.setAct(act);
    if (dialog.exec() == QDialog::Accepted) {
        done(tr("%1: đã ghi.").arg(title));
    }
}

namespace {

std::vector<AskField> balanceFields()
{
    return {{QStringLiteral("last"), BooksPage::tr("Số cuối cùng trên sổ giấy"), {}, true, {}, {}},
            {QStringLiteral("volume"), BooksPage::tr("Ở quyển số"), QStringLiteral("1"), true, {}, {}},
            {QStringLiteral("page"), BooksPage::tr("Trang cuối đã ghi của quyển ấy"), {}, true, {}, {}},
            {QStringLiteral("pagesBefore"),
             BooksPage::tr("Tổng số trang của các quyển trước trong năm"),
             QStringLiteral("0"),
             false,
             {},
             {}},
            {QStringLiteral("cancelled"),
             BooksPage::tr("Số mục đã hủy trong đó"),
             QStringLiteral("0"),
             false,
             {},
             {}},
            {QStringLiteral("reason"), BooksPage::tr("Lý do, ai đã kiểm đếm"), {}, true, {}, {}}};
}

} // namespace

void BooksPage::askOpen()
{
    const std::string kind = chosen()->kind->id;
    const bool isFirst = !chosen()->state;
    const int year = static_cast<int>(dayInVietnam(m_place.clock().now()).year());
    std::vector<AskField> fields;
    if (isFirst && m_place.identity().slot != 1) {
        fields.push_back({QStringLiteral("reason"),
                          tr("Lý do mở ở quầy này"),
                          {},
                          true,
                          tr("Sổ thường mở lần đầu ở quầy 1. Chỉ mở ở đây khi chắc chắn quầy 1 chưa mở."),
                          {}});
    }
    ask(tr("Mở sổ năm %1").arg(year),
        isFirst
            ? tr("Số đầu tiên sẽ là 01. Nếu năm nay đã có số trên sổ giấy, hãy dùng “nhận số dư sổ giấy”.")
            : tr("Số bắt đầu lại từ 01. Sổ năm trước không cấp thêm số được nữa."),
        fields, tr("Mở sổ"), [this, kind](const std::map<QString, QString>& values) {
            BookOpening opening;
            opening.reason = textOf(values, "reason");
            return wordsOf(m_books.open(kind, opening));
        });
}

void BooksPage::askTakeBalance()
{
    const std::string kind = chosen()->kind->id;
    ask(tr("Nhận số dư sổ giấy"), tr("Số tiếp theo do chương trình cấp đứng ngay sau số cuối cùng này."),
        balanceFields(), tr("Mở sổ"), [this, kind](const std::map<QString, QString>& values) {
            BookOpening opening;
            opening.balance = balanceFrom(values);
            opening.reason = textOf(values, "reason");
            return wordsOf(m_books.open(kind, opening));
        });
}

void BooksPage::askVolume()
{
    const std::string book = chosenBook();
    ask(tr("Mở quyển tiếp theo"), tr("Quyển đang mở kết thúc ở đây; số vẫn chạy tiếp."), {}, tr("Mở quyển"),
        [this, book](const std::map<QString, QString>&) { return wordsOf(m_books.newVolume(book)); });
}

void BooksPage::askClose()
{
    const std::string book = chosenBook();
    const BookTotals& totals = chosen()->state->totals;
    ask(tr("Khóa sổ"),
        tr("%1: %2 số, %3 trang, %4 quyển, %5 số đã hủy. Khóa rồi không cấp thêm số được nữa.")
            .arg(displayText(bookTitle(m_place.catalogue(), book)))
            .arg(totals.numbers)
            .arg(totals.pages)
            .arg(totals.volumes)
            .arg(totals.cancelled),
        signerFields(m_books, book), tr("Khóa sổ"), [this, book](const std::map<QString, QString>& values) {
            return wordsOf(m_books.close(book, signerFrom(values)));
        });
}

void BooksPage::askHandOver()
{
    const std::string book = chosenBook();
    AskField to{QStringLiteral("to"), tr("Giao cho"), {}, true, {}, {}};
    if (const auto counters = m_books.counters()) {
        for (const KnownCounter& known : *counters) {
            to.choices.emplace_back(toQString(known.card.counter.install),
                                    tr("Quầy %1").arg(known.card.counter.slot));
        }
    }
    if (to.choices.empty()) {
        emit announced(Tone::Note, tr("Chưa biết quầy nào khác của xã."),
                       tr("Bấm “Quầy khác của xã…” để đọc thẻ của quầy nhận trước."));
        return;
    }
    AskDialog dialog(
        m_theme, tr("Bàn giao sổ"),
        tr("Từ lúc này quầy này không ghi sổ nữa. Mất USB thì lưu lại tệp; không tự lấy lại sổ được."), {to},
        tr("Bàn giao"), window());
    dialog.setAct([this, book](const std::map<QString, QString>& values) {
        return wordsOf(m_books.handOver(book, textOf(values, "to")));
    });
    if (dialog.exec() == QDialog::Accepted) {
        readBooks();
        saveFile(book);
    }
}

void BooksPage::saveFileAgain()
{
    saveFile(chosenBook());
}

void BooksPage::saveFile(const std::string& book)
{
    const auto bytes = m_books.handOverFile(book);
    if (!bytes) {
        emit announced(Tone::Bad, refusalWords(bytes.error()), {});
        return;
    }
    QString name = QStringLiteral("ban-giao-%1.so").arg(toQString(book));
    const QString file = QFileDialog::getSaveFileName(window(), tr("Lưu tệp bàn giao sổ"),
                                                      name.replace(QLatin1Char('/'), QLatin1Char('-')));
    if (file.isEmpty()) {
        done(tr("Sổ đã bàn giao nhưng tệp chưa lưu."), tr("Bấm “Lưu lại tệp bàn giao…” khi đã cắm USB."));
        return;
    }
    if (const auto written = writeFileDurably(toUtf8(file), *bytes); !written) {
        emit announced(Tone::Bad, toQString(explain(written.error()).sentence()), {});
        return;
    }
    done(tr("Đã lưu tệp bàn giao."), file);
}

void BooksPage::askTakeOver()
{
    const QString file = QFileDialog::getOpenFileName(window(), tr("Tệp bàn giao sổ"));
    if (file.isEmpty()) {
        return;
    }
    const auto bytes = readFile(toUtf8(file), kHandOverBytesMax + 4096);
    if (!bytes) {
        emit announced(Tone::Bad, toQString(explain(bytes.error()).sentence()), {});
        return;
    }
    const auto taken = m_books.takeOver(*bytes);
    if (taken) {
        done(tr("Đã nhận %1.").arg(displayText(bookTitle(m_place.catalogue(), taken->key()))),
             tr("Số cuối cùng: %1.").arg(toQString(bookNumber(taken->totals.numbers))));
        return;
    }
    const bool isUnknown =
        !taken.error().problems.empty() && taken.error().problems.front().rule == "counter-code";
    if (!isUnknown) {
        emit announced(Tone::Bad, refusalWords(taken.error()), {});
        return;
    }
    ask(tr("Nhận sổ từ quầy chưa biết"), refusalWords(taken.error()),
        {{QStringLiteral("code"), tr("Mã thẻ trên màn hình quầy giao"), {}, true, {}, {}}}, tr("Nhận sổ"),
        [this, bytes = *bytes](const std::map<QString, QString>& values) {
            return wordsOf(m_books.takeOver(bytes, textOf(values, "code")));
        });
}

void BooksPage::askRecover()
{
    const int now = static_cast<int>(dayInVietnam(m_place.clock().now()).year());
    askRecoverOf(chosen()->state ? chosen()->state->year : now);
}

void BooksPage::askRecoverNow()
{
    askRecoverOf(static_cast<int>(dayInVietnam(m_place.clock().now()).year()));
}

void BooksPage::askRecoverOf(std::int64_t year)
{
    const std::string kind = chosen()->kind->id;
    ask(tr("Lập lại sổ năm %1").arg(year),
        tr("Chỉ khi quầy giữ sổ hỏng hoặc mất dữ liệu. Đọc trên sổ giấy; việc này được đánh dấu mãi mãi. Hủy "
           "các tệp "
           "bàn giao cũ của sổ này."),
        balanceFields(), tr("Lập lại sổ"), [this, kind, year](const std::map<QString, QString>& values) {
            return wordsOf(m_books.recover(kind, year, balanceFrom(values), textOf(values, "reason")));
        });
}

QString BooksPage::readCard(const QString& file)
{
    const auto bytes = readFile(toUtf8(file), kCardBytesMax);
    const auto card = bytes ? readCardFile(*bytes) : Result<CounterCard>(tl::unexpected(bytes.error()));
    if (!card) {
        return tr("Tệp này không phải thẻ quầy, hoặc đã hỏng.");
    }
    AskDialog dialog(
        m_theme, tr("Quầy %1").arg(card->counter.slot),
        tr("So mã thẻ trên màn hình quầy ấy rồi nhập vào đây. Mã trong tệp không hiện ra để không ai bỏ qua "
           "bước so."),
        {{QStringLiteral("code"), tr("Mã thẻ"), {}, true, {}, {}}}, tr("Ghi nhận quầy này"), window());
    dialog.setAct([this, card](const std::map<QString, QString>& values) {
        return wordsOf(m_books.know(*card, textOf(values, "code")));
    });
    if (dialog.exec() == QDialog::Accepted) {
        done(tr("Đã biết quầy %1.").arg(card->counter.slot));
    }
    return {};
}

void BooksPage::askCounters()
{
    const auto mine = m_books.card();
    const auto counters = m_books.counters();
    if (!mine || !counters) {
        emit announced(Tone::Bad, tr("Không đọc được thẻ quầy."), {});
        return;
    }
    QStringList known;
    for (const KnownCounter& counter : *counters) {
        known << tr("Quầy %1").arg(counter.card.counter.slot);
    }
    const QString lead =
        tr("Mã thẻ của quầy này: %1\nĐã biết: %2")
            .arg(toQString(cardCode(*mine)),
                 known.isEmpty() ? tr("chưa có quầy nào") : known.join(QStringLiteral(", ")));
    AskField what{QStringLiteral("what"), tr("Làm gì"), {}, true, {}, {}};
    what.choices = {{QStringLiteral("save"), tr("Lưu thẻ của quầy này ra USB")},
                    {QStringLiteral("read"), tr("Đọc thẻ của quầy khác từ USB")}};
    AskDialog dialog(m_theme, tr("Quầy khác của xã"), lead, {what}, tr("Tiếp"), window());
    if (dialog.exec() != QDialog::Accepted) {
        return;
    }
    if (dialog.value(QStringLiteral("what")) == QLatin1String("read")) {
        const QString file = QFileDialog::getOpenFileName(window(), tr("Thẻ của quầy khác"));
        const QString wrong = file.isEmpty() ? QString() : readCard(file);
        if (!wrong.isEmpty()) {
            emit announced(Tone::Bad, wrong, {});
        }
        return;
    }
    const QString file = QFileDialog::getSaveFileName(window(), tr("Lưu thẻ quầy"),
                                                      QStringLiteral("quay-%1.the").arg(mine->counter.slot));
    if (!file.isEmpty()) {
        const auto written = writeFileDurably(toUtf8(file), cardFile(*mine));
        emit announced(written ? Tone::Good : Tone::Bad,
                       written ? tr("Đã lưu thẻ quầy.") : toQString(explain(written.error()).sentence()),
                       written ? file : QString());
    }
}

} // namespace motcua
