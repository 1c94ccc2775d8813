// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/book_words.h"

#include "core/desk/book_desk.h"

namespace motcua {

Refusal bookProblem(std::string rule, std::string message, std::string pointer)
{
    return Refusal(Problems{{std::move(pointer), std::move(rule), std::move(message), Severity::Hard, {}}});
}

std::string counterName(const BookCounter& counter)
{
    return "Quầy " + std::to_string(counter.slot);
}

std::string whoHolds(const BookState& state, const BookCounter& self)
{
    const std::string counter = "quầy " + std::to_string(state.holder ? state.holder->slot : 0);
    if (state.isHeldBy(self)) {
        return "Quầy này đang giữ sổ.";
    }
    if (state.holder && *state.holder == self) {
        return "Sổ đã bàn giao cho quầy này nhưng chưa nhận: hãy nhận sổ từ tệp bàn giao.";
    }
    if (state.holder && state.holder->install == self.install) {
        return "Quầy này đã phục hồi từ bản sao lưu nên không chắc số cuối cùng: lãnh đạo lập lại sổ theo sổ "
               "giấy, "
               "hoặc nhận lại sổ từ quầy đang giữ.";
    }
    if (state.inTransit) {
        return "Sổ đã bàn giao cho " + counter +
               " và đang chờ quầy ấy nhận. Mất tệp thì lưu lại tệp bàn giao.";
    }
    return "Sổ đang ở " + counter + ": hãy nhận bàn giao sổ trước.";
}

std::string bookTitle(const Catalogue& catalogue, const std::string& book)
{
    const auto key = parseBookKey(book);
    const BookKind* kind = key ? catalogue.bookKind(key->first) : nullptr;
    if (kind == nullptr) {
        return "sổ “" + book + "”";
    }
    return kind->title + " năm " + std::to_string(key->second);
}

} // namespace motcua
