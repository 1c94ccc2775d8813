// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/books/ask_dialog.h"
#include "core/desk/book_desk.h"

#include <QString>

namespace motcua {

// How books are spoken of on the screen.

/// Why an act was refused, all reasons in lines.
[[nodiscard]] QString refusalWords(const Refusal& refusal);
/// "Quầy này giữ", "Quầy 2 giữ", "Đang bàn giao cho quầy 2", "Đã khóa".
[[nodiscard]] QString holdWords(const BookState& state, const BookCounter& self);
/// The fields "signer" and "title", as the newest entry of the book had them.
[[nodiscard]] std::vector<AskField> signerFields(BookDesk& books, const std::string& book);
[[nodiscard]] BookSigner signerFrom(const std::map<QString, QString>& values);
/// What an AskDialog gave for a field; empty where it has none such.
[[nodiscard]] std::string textOf(const std::map<QString, QString>& values, const char* id);
/// The pages of "from" and "to", as BookPages counts them, of a book that has `count`; otherwise what is
/// wrong with them, such as more than may be printed at once.
[[nodiscard]] tl::expected<std::pair<qint64, qint64>, QString>
pagesFrom(const std::map<QString, QString>& values, qint64 count);
/// Why an act was refused; empty when it is done, as AskDialog::Act says it.
template<class T> [[nodiscard]] QString wordsOf(const Answer<T>& answer)
{
    return answer ? QString() : refusalWords(answer.error());
}

} // namespace motcua
