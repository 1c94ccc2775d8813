// SPDX-License-Identifier: GPL-3.0-or-later
// What the QR of an identity card says. The text is read and forgotten.
#include "app/cli/command.h"
#include "app/cli/rows.h"
#include "core/dossier/person_card.h"

namespace motcua::cli {

namespace {

/// A scanner, an editor or `echo` ends the text with a line.
std::string withoutLineEnd(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.pop_back();
    }
    return text;
}

std::string cardText(const PersonCard& card)
{
    std::string text = stringAt(card.person, "name", "(không đọc được tên)");
    addLine(text, "Số định danh: " + stringAt(card.person, "personalId"));
    addLine(text, "Ngày sinh: " + stringAt(at(card.person, "birth"), "text"));
    addLine(text, "Địa chỉ: " + stringAt(card.person, "address"));
    if (!card.oldId.empty()) {
        addLine(text, "Số cũ: " + card.oldId);
    }
    if (!card.warnings.empty()) {
        addLine(text, toText(card.warnings));
    }
    return text;
}

Reply<Outcome> runCard(Session& session, const Arguments& arguments)
{
    const std::string scanned = withoutLineEnd(TRY(session.read(TRY(arguments.required("file")))));
    const auto catalogue = TRY(session.catalogue(arguments));
    const auto card = readPersonCard(scanned, *catalogue, dayInVietnam(TRY(session.now(arguments))));
    if (!card) {
        return forbidden("unreadable-card",
                         "Không đọc được mã QR của thẻ căn cước. Quét lại thẻ, hoặc nhập tay.");
    }
    Outcome outcome;
    outcome.document = personCardToJson(*card);
    outcome.text = cardText(*card);
    return outcome;
}

constexpr std::array kCommands{
    Command{"card", "--file TỆP|-", "Đọc nội dung mã QR của thẻ căn cước.", 0, 0, {"file"}, runCard},
};

} // namespace

std::span<const Command> cardCommands()
{
    return kCommands;
}

} // namespace motcua::cli
