// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/books/sign_dialog.h"

#include "app/books/book_text.h"
#include "app/common/error_text.h"
#include "app/widgets/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace motcua {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("motcua::Books", text);
}

QString leadOf(Desk& desk, const SignOffer& offer)
{
    if (!offer.problems.empty()) {
        return words("Chưa ký được:") + QLatin1Char('\n') + refusalWords(Refusal(offer.problems));
    }
    const BookPlace next = offer.state->next();
    QString lead = words("%1, quyển %2, trang %3, số %4")
                       .arg(displayText(bookTitle(desk.catalogue(), offer.book)))
                       .arg(next.volume)
                       .arg(next.page)
                       .arg(toQString(bookNumber(next.number)));
    if (offer.numbers > 1) {
        lead += words(" đến %1").arg(toQString(bookNumber(next.number + offer.numbers - 1)));
    }
    return lead + QLatin1Char('\n') +
           words("Số chỉ có sau khi ghi; mục đã ký không sửa được nữa, chỉ ghi chú bên cạnh.");
}

std::vector<AskField> fieldsOf(BookDesk& books, const SignOffer& offer)
{
    if (!offer.problems.empty()) {
        return {};
    }
    std::vector<AskField> fields = signerFields(books, offer.book);
    if (offer.kind->requesterSigns) {
        AskField own{QStringLiteral("requester"),
                     words("Người yêu cầu đã ký vào sổ"),
                     QStringLiteral("no"),
                     true,
                     {},
                     {}};
        own.choices = {{QStringLiteral("no"), words("Chưa")}, {QStringLiteral("yes"), words("Đã ký")}};
        fields.push_back(std::move(own));
    }
    if (!offer.kind->types.empty()) {
        AskField type{
            QStringLiteral("type"), words("Loại đăng ký"), toQString(offer.type.value_or("")), true, {}, {}};
        if (!offer.type) {
            type.choices.emplace_back(QString(), words("(chọn loại đăng ký)"));
        }
        for (const RegistrationType& known : offer.kind->types) {
            type.choices.emplace_back(toQString(known.value), displayText(known.label));
        }
        type.hint = words("Đúng hạn hay quá hạn tính theo ngày xảy ra sự kiện, không phải ngày hẹn trả.");
        fields.push_back(std::move(type));
    }
    return fields;
}

} // namespace

std::optional<SignedEntries> askToSign(Theme& theme, Desk& desk, const std::string& code, QWidget* window,
                                       const std::string& office)
{
    BookDesk books(desk);
    const auto offer = books.offer(code);
    if (!offer) {
        return std::nullopt;
    }
    std::optional<SignedEntries> done;
    const bool isReady = offer->problems.empty();
    AskDialog dialog(theme, words("Ký và vào sổ"), leadOf(desk, *offer), fieldsOf(books, *offer),
                     isReady ? words("Ký và vào sổ") : words("Đóng"), window);
    dialog.setAct([&](const std::map<QString, QString>& values) {
        if (!isReady) {
            return QString();
        }
        SignRequest request;
        request.code = code;
        request.office = office;
        request.signer = signerFrom(values);
        const auto type = values.find(QStringLiteral("type"));
        request.type = type == values.end() ? std::string() : toUtf8(type->second);
        const auto own = values.find(QStringLiteral("requester"));
        request.requesterSigned = own != values.end() && own->second == QLatin1String("yes");
        auto answer = books.sign(request);
        if (!answer) {
            return refusalWords(answer.error());
        }
        done = std::move(*answer);
        return QString();
    });
    dialog.exec();
    return done;
}

QStringList bookLines(Desk& desk, const std::string& code)
{
    QStringList lines;
    BookDesk books(desk);
    if (const auto entries = books.entriesOf(code)) {
        for (const BookEntry& entry : *entries) {
            const QString line = words("%1, quyển %2, số %3")
                                     .arg(displayText(bookTitle(desk.catalogue(), entry.book)))
                                     .arg(entry.place.volume)
                                     .arg(toQString(bookNumber(entry.place.number)));
            lines << (entry.cancelled ? words("%1 (đã hủy)").arg(line) : words("Đã vào %1").arg(line));
        }
    }
    return lines;
}

bool maySignInto(Desk& desk, const std::string& code)
{
    BookDesk books(desk);
    const auto offer = books.offer(code);
    if (!offer || offer->kind == nullptr) {
        return false;
    }
    return std::none_of(offer->problems.begin(), offer->problems.end(), [](const Problem& problem) {
        return problem.rule == "book-entered" || problem.rule == "book-status";
    });
}

} // namespace motcua
