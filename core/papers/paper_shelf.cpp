// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_shelf.h"

#include "core/base/file.h"
#include "core/dossier/rules.h"
#include "core/papers/built_in.h"
#include "core/papers/paper_templates.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 20;

Result<std::vector<PaperKind>> kindsOf(const std::string& text, const std::string& file)
{
    const auto json = parseJson(text);
    if (!json) {
        return fail(ErrorKind::Invalid, file + ": " + json.error().detail);
    }
    return paperKindsFromJson(Source(*json, file));
}

/// In front of what is built in: a unit's paper replaces all of that name.
void putInFront(std::vector<PaperKind> own, std::vector<PaperKind>& kinds)
{
    std::erase_if(kinds, [&](const PaperKind& kind) {
        return std::any_of(own.begin(), own.end(),
                           [&](const PaperKind& one) { return one.name == kind.name; });
    });
    kinds.insert(kinds.begin(), own.begin(), own.end());
}

Result<void> checkDays(const std::vector<PaperKind>& kinds)
{
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        for (std::size_t j = i + 1; j < kinds.size(); ++j) {
            const PaperKind& one = kinds[i];
            const PaperKind& other = kinds[j];
            const bool meet =
                (!one.effectiveTo || !other.effectiveFrom || *other.effectiveFrom <= *one.effectiveTo) &&
                (!other.effectiveTo || !one.effectiveFrom || *one.effectiveFrom <= *other.effectiveTo);
            if (one.name == other.name && meet) {
                return fail(ErrorKind::Invalid, "the paper '" + one.name + "' is there twice on one day");
            }
        }
    }
    return {};
}

bool isAmong(const std::vector<std::string>& list, const std::string& one)
{
    return std::find(list.begin(), list.end(), one) != list.end();
}

/// What a paper asks of the book.
std::string whyNotByBook(const PaperKind& kind, const PaperSituation& situation)
{
    if (kind.books.empty()) {
        return {};
    }
    const std::string book = situation.book();
    if (book.empty()) {
        return "hồ sơ này chưa có mục trong sổ: giấy này chỉ in được sau khi người ký duyệt và sổ cho số";
    }
    if (!isAmong(kind.books, book)) {
        return "mục trong sổ của hồ sơ này thuộc loại khác";
    }
    if (kind.use == PaperUse::Original && situation.isAsked()) {
        return "bản chính chỉ cấp một lần khi đăng ký; hồ sơ này chỉ được cấp bản sao";
    }
    return {};
}

std::string whyNotByStatus(const PaperKind& kind, const PaperSituation& situation)
{
    const auto& statuses = kind.statuses;
    if (!statuses.empty() &&
        std::find(statuses.begin(), statuses.end(), situation.status) == statuses.end()) {
        return situation.status == Status::Refused
                   ? "hồ sơ này bị từ chối tiếp nhận: chỉ có phiếu từ chối, không có giấy hẹn, không thu phí"
               : kind.name == "refusal"
                   ? "hồ sơ này không bị từ chối, nên không có phiếu từ chối"
                   : "hồ sơ đang ở trạng thái “" + std::string(statusLabel(situation.status)) +
                         "”, chưa dùng đến giấy này";
    }
    if (!kind.after.empty() && !situation.events.contains(kind.after)) {
        return kind.after == "extension" ? "hồ sơ này chưa có lần nào gia hạn ngày hẹn trả"
               : kind.after == "supplementing" ? "hồ sơ này chưa có lần nào yêu cầu bổ sung"
               : kind.after == "together"
                   ? "hồ sơ này không nhận cùng lượt với hồ sơ nào, nên không có phiếu nhận chung"
               : kind.after == "corrected" ? "hồ sơ này không có gì khác với dữ liệu đã gửi lên cổng, nên "
                                             "không có công văn đính chính"
                                           : "hồ sơ này chưa dừng giải quyết";
    }
    return {};
}

} // namespace

std::string PaperSituation::book() const
{
    return stringAt(at(context, "registration"), "book");
}

bool PaperSituation::isAsked() const
{
    return at(at(context, "registration"), "asked") == true;
}

Result<PaperShelf> PaperShelf::load(const std::filesystem::path& unitFolder)
{
    PaperShelf shelf;
    for (const std::string& file : builtInFiles("papers*.json")) {
        const std::string text = TRY(readBuiltIn(file));
        auto kinds = TRY(kindsOf(text, file));
        std::move(kinds.begin(), kinds.end(), std::back_inserter(shelf.m_kinds));
    }
    for (const std::string& file : filesIn(unitFolder, "papers*.json")) {
        const std::string text = TRY(readFile(unitFolder / file, kLargestFile));
        putInFront(TRY(kindsOf(text, file)), shelf.m_kinds);
    }
    TRY(checkDays(shelf.m_kinds));
    TRY(shelf.addUndescribed(unitFolder));
    return shelf;
}

/// A new template in the unit's folder is a new paper of any dossier.
Result<void> PaperShelf::addUndescribed(const std::filesystem::path& unitFolder)
{
    const PaperTemplates templates(unitFolder);
    const std::vector<std::string> builtIn = builtInFiles("*.xml");
    for (const std::string& file : filesIn(unitFolder, "*.xml")) {
        const std::string name = file.substr(0, file.size() - 4);
        const bool isDescribed = isAmong(builtIn, file) || file.front() == '_' ||
                                 std::any_of(m_kinds.begin(), m_kinds.end(), [&](const PaperKind& kind) {
                                     return kind.templateName == name;
                                 });
        if (!isDescribed && PaperTemplates::isPaperName(name)) {
            PaperKind kind;
            kind.name = name;
            kind.templateName = name;
            kind.title = TRY(templates.title(name));
            kind.sure = "unverified";
            m_kinds.push_back(std::move(kind));
        }
    }
    return {};
}

const PaperKind* PaperShelf::find(std::string_view name, Day on) const
{
    const auto found = std::find_if(m_kinds.begin(), m_kinds.end(), [&](const PaperKind& kind) {
        return kind.name == name && kind.isInForce(on);
    });
    return found == m_kinds.end() ? nullptr : &*found;
}

std::string whyNot(const PaperKind& kind, const PaperSituation& situation, const Calendar& calendar)
{
    if (kind.use == PaperUse::Book) {
        return "đây là trang sổ: in bằng lệnh in sổ";
    }
    if (!kind.isInForce(situation.lawDay)) {
        return "mẫu này không áp dụng cho hồ sơ tiếp nhận ngày " + toDisplayDay(situation.lawDay);
    }
    if (!kind.procedures.empty() && !isAmong(kind.procedures, situation.procedure)) {
        return "thủ tục của hồ sơ này không có giấy này";
    }
    if (std::string why = whyNotByStatus(kind, situation); !why.empty()) {
        return why;
    }
    if (kind.needsFee && !situation.hasFee) {
        return "hồ sơ này không có khoản phí, lệ phí nào phải thu";
    }
    if (std::string why = whyNotByBook(kind, situation); !why.empty()) {
        return why;
    }
    const Facts facts{situation.context, situation.lawDay, calendar};
    if (kind.when && evaluate(*kind.when, facts) != Truth::Yes) {
        return "nội dung hồ sơ này không thuộc trường hợp dùng giấy này";
    }
    return {};
}

} // namespace motcua
