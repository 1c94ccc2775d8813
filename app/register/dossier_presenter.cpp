// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/dossier_presenter.h"

#include "app/common/day_words.h"
#include "app/register/status_look.h"
#include "app/widgets/display_text.h"
#include "core/base/text.h"

#include <algorithm>

namespace motcua {

namespace {

struct KindWords
{
    const char* kind;
    const char* words;
    const char* icon;
};

constexpr KindWords kKinds[] = {
    {"dossier.received", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Tiếp nhận"), "intake"},
    {"dossier.changed", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Sửa thông tin"), "edit"},
    {"dossier.moved", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Chuyển bước"), "forward"},
    {"dossier.cancelled", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Rút lại việc chưa gửi"), "close"},
    {"alarm.settled", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Kết luận về cảnh báo"), "warning"},
    {"paper.printed", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "In giấy"), "printer"},
    {"book.entered", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Ký và vào sổ"), "done"},
    {"book.cancelled", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Hủy số trong sổ"), "warning"},
    {"portal.changed", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Cổng dịch vụ công cập nhật"),
     "network-on"},
};

/// A list of fees as an official says it; empty for another list.
QString feeWords(const Json& list)
{
    QStringList words;
    for (const Json& fee : list) {
        const Json& amount = at(fee, "amount");
        if (!amount.is_number_integer()) {
            return {};
        }
        QString one = toQString(formatDong(amount.get<std::int64_t>()));
        one += stringAt(fee, "paidAt").empty() ? DossierPresenter::tr(" chưa thu")
                                               : DossierPresenter::tr(" đã thu");
        if (const std::string number = stringAt(fee, "receiptNo"); !number.empty()) {
            one += DossierPresenter::tr(", biên lai %1").arg(displayText(number));
        }
        words << one;
    }
    return words.join(QStringLiteral("; "));
}

/// Why the time of an entry may be wrong, for people.
QString doubtWords(const HistoryEntry& entry)
{
    const Millis off = entry.clockOffset.value_or(Millis{0});
    const QString span = toQString(spanText(off < Millis{0} ? -off : off));
    if (entry.clockDoubt == "went-back") {
        return DossierPresenter::tr("Giờ ghi không chắc: đồng hồ máy đã lùi %1.").arg(span);
    }
    return off > Millis{0}
               ? DossierPresenter::tr("Giờ ghi không chắc: đồng hồ máy chậm hơn cổng %1.").arg(span)
               : DossierPresenter::tr("Giờ ghi không chắc: đồng hồ máy nhanh hơn cổng %1.").arg(span);
}

/// A value of the dossier in few words.
QString shortValue(const Json& value)
{
    if (value.is_null()) {
        return DossierPresenter::tr("(trống)");
    }
    if (value.is_string()) {
        const std::string text = value.get<std::string>();
        if (const auto status = parseStatus(text)) {
            return statusWords(*status);
        }
        const auto instant = parseRfc3339(text);
        return instant ? longTime(*instant) : displayText(text);
    }
    if (value.is_object() && value.contains("text")) {
        return displayText(stringAt(value, "text"));
    }
    if (value.is_object() && value.contains("registeredOn") && value.contains("number")) {
        return DossierPresenter::tr("số %1/%2, quyển %3")
            .arg(displayText(dumpJson(at(value, "number"))), displayText(dumpJson(at(value, "year"))),
                 displayText(dumpJson(at(value, "volume"))));
    }
    if (value.is_object() && value.contains("name")) {
        return displayText(stringAt(value, "name"));
    }
    const QString fees = value.is_array() ? feeWords(value) : QString();
    return fees.isEmpty() ? displayText(dumpJson(value)).left(120) : fees;
}

/// "slip: good" as an official says it.
QString printWords(const QString& note)
{
    struct Word
    {
        const char* name;
        const char* words;
    };
    static constexpr Word kWords[] = {
        {"slip", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Giấy tiếp nhận và hẹn trả")},
        {"check-sheet", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Phiếu kiểm tra")},
        {"refusal", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Phiếu từ chối")},
        {"collection", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Phiếu thu")},
        {"good", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "in tốt")},
        {"jammed", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "kẹt giấy")},
        {"spoiled", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "hỏng")},
        {"file", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "lưu thành tệp PDF")},
        {"unknown", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "không rõ giấy ra thế nào")},
    };
    QStringList parts = note.split(QStringLiteral(": "));
    for (QString& part : parts) {
        for (const Word& word : kWords) {
            if (part == QLatin1String(word.name)) {
                part = DossierPresenter::tr(word.words);
            }
        }
    }
    return displayText(parts.join(QStringLiteral(": ")));
}

/// Whether somebody else wrote what was to be changed.
bool standsOtherwise(const Problems& problems)
{
    return std::ranges::any_of(problems, [](const Problem& p) { return p.rule == "changed-meanwhile"; });
}

struct FixedLabel
{
    const char* pointer;
    const char* label;
};

constexpr FixedLabel kFixedLabels[] = {
    {"/status", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Trạng thái")},
    {"/dueAt", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Hẹn trả")},
    {"/finishedAt", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Xong lúc")},
    {"/returnedAt", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Trả lúc")},
    {"/officialCode", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Mã trên cổng")},
    {"/form/registration", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Số trong sổ")},
    {"/results", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Kết quả")},
    {"/components", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Giấy tờ")},
    {"/fees", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Lệ phí")},
    {"/note", QT_TRANSLATE_NOOP("motcua::DossierPresenter", "Ghi chú")},
};

} // namespace

DossierPresenter::DossierPresenter(Desk& desk, const Clock& clock, QObject* parent)
    : QObject(parent), m_desk(desk), m_clock(clock)
{}

bool DossierPresenter::open(const std::string& code)
{
    auto view = m_desk.dossiers().newestByCode(code);
    if (!view) {
        m_view.reset();
        emit shown();
        emit failed(explain(view.error()));
        return false;
    }
    take(std::move(*view));
    // What cannot be journalled is shown all the same: the citizen stands there. But it is said.
    if (const auto recorded = m_desk.recordOpened(code); !recorded) {
        emit failed(explain(recorded.error()));
    }
    return true;
}

void DossierPresenter::take(DossierView view)
{
    m_view = std::move(view);
    m_parts.clear();
    const Day day = dayInVietnam(m_view->row.received);
    if (const Procedure* procedure = m_desk.catalogue().find(m_view->row.procedure, day)) {
        m_parts = formParts(m_desk.catalogue().form(*procedure, day), procedure->term.extension.has_value());
    }
    emit shown();
}

bool DossierPresenter::refresh()
{
    if (!m_view) {
        return false;
    }
    // By its identity: the portal may have given it another code.
    auto now = m_desk.dossiers().byUid(m_view->row.uid);
    if (!now || *now == *m_view) {
        return false;
    }
    take(std::move(*now));
    return true;
}

void DossierPresenter::close()
{
    m_view.reset();
    emit shown();
}

void DossierPresenter::wroteBeside()
{
    if (m_view) {
        static_cast<void>(open(std::string(m_view->row.code)));
        emit changed();
    }
}

std::vector<Desk::DossierFile> DossierPresenter::files()
{
    auto files = m_view ? m_desk.filesOf(m_view->dossier) : Result<std::vector<Desk::DossierFile>>();
    if (!files) {
        emit failed(explain(files.error()));
        return {};
    }
    return std::move(*files);
}

QString DossierPresenter::procedureName() const
{
    const Procedure* procedure =
        m_desk.catalogue().find(m_view->row.procedure, dayInVietnam(m_view->row.received));
    return procedure != nullptr ? displayText(procedure->name) : displayText(m_view->row.procedure);
}

const Leaf* DossierPresenter::leaf(const std::string& pointer) const
{
    for (const FormPart& part : m_parts) {
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                if (leaf.pointer == pointer) {
                    return &leaf;
                }
            }
        }
    }
    return nullptr;
}

QString DossierPresenter::labelOf(const std::string& pointer) const
{
    for (const FixedLabel& fixed : kFixedLabels) {
        if (pointer.rfind(fixed.pointer, 0) == 0) {
            return tr(fixed.label);
        }
    }
    const Leaf* found = leaf(pointer);
    return found != nullptr ? found->label : displayText(pointer);
}

TimelineEntry DossierPresenter::tell(const HistoryEntry& entry) const
{
    TimelineEntry line;
    line.when = longTime(entry.at);
    line.who = displayText(entry.official);
    if (!entry.clockDoubt.empty()) {
        line.details << doubtWords(entry);
    }
    line.what = displayText(entry.kind);
    for (const KindWords& words : kKinds) {
        if (entry.kind == words.kind) {
            line.what = tr(words.words);
            line.icon = QLatin1String(words.icon);
        }
    }
    if (entry.kind == "dossier.received" && entry.changes.size() == 1 &&
        entry.changes.front().to == std::string(statusName(Status::Refused))) {
        line.what = tr("Từ chối tiếp nhận");
        line.icon = QStringLiteral("close");
        line.details << displayText(entry.note);
        return line;
    }
    for (const FieldChange& change : entry.changes) {
        line.details
            << tr("%1: %2 → %3").arg(labelOf(change.pointer), shortValue(change.from), shortValue(change.to));
    }
    if (!entry.note.empty()) {
        line.details << (entry.kind == "paper.printed" ? printWords(toQString(entry.note))
                                                       : displayText(entry.note));
    }
    return line;
}

std::vector<TimelineEntry> DossierPresenter::timeline()
{
    std::vector<TimelineEntry> lines;
    if (!m_view) {
        return lines;
    }
    const auto history = m_desk.dossiers().history(m_view->row.id);
    if (!history) {
        emit failed(explain(history.error()));
        return lines;
    }
    std::transform(history->rbegin(), history->rend(), std::back_inserter(lines),
                   [this](const HistoryEntry& entry) { return tell(entry); });
    return lines;
}

void DossierPresenter::move(Status to, const QString& note)
{
    if (m_view) {
        settle(m_desk.move(m_view->row.code, to, toUtf8(note.trimmed())));
    }
}

void DossierPresenter::change(const std::string& pointer, const Json& value, const QString& reason)
{
    if (m_view) {
        change(pointer, value, reason, valueAt(m_view->dossier, pointer));
    }
}

void DossierPresenter::change(const std::string& pointer, const Json& value, const QString& reason,
                              const Json& seen)
{
    if (m_view) {
        settle(m_desk.change(m_view->row.code, Json{{pointer, value}}, toUtf8(reason.trimmed()),
                             Json{{pointer, seen}}));
    }
}

DossierPresenter::OpenFees DossierPresenter::openFees() const
{
    OpenFees open;
    if (!m_view) {
        return open;
    }
    const Json& fees = at(m_view->dossier, "fees");
    open.fees = fees;
    for (std::size_t i = 0; fees.is_array() && i < fees.size(); ++i) {
        const Json& amount = at(fees[i], "amount");
        const std::int64_t sum = amount.is_number_integer() ? amount.get<std::int64_t>() : 0;
        if (sum > 0) {
            const bool paid = !stringAt(fees[i], "paidAt").empty();
            open.unpaid += paid ? 0 : sum;
            open.numberMissing = open.numberMissing || (paid && stringAt(fees[i], "receiptNo").empty());
        }
    }
    return open;
}

void DossierPresenter::collectFees(const QString& receiptNo, const OpenFees& asked)
{
    const std::string number = toUtf8(receiptNo.trimmed());
    Json fees = asked.fees;
    for (Json& fee : fees) {
        const Json& amount = at(fee, "amount");
        if (!amount.is_number_integer() || amount.get<std::int64_t>() <= 0) {
            continue;
        }
        if (stringAt(fee, "paidAt").empty()) {
            fee["paidAt"] = toRfc3339(m_clock.now());
        }
        if (stringAt(fee, "receiptNo").empty() && !number.empty()) {
            fee["receiptNo"] = number;
        }
    }
    const QString what = asked.unpaid > 0 ? tr("Thu phí, lệ phí %1").arg(toQString(formatDong(asked.unpaid)))
                                          : tr("Ghi số biên lai");
    const QString reason = number.empty() ? what : tr("%1, biên lai số %2").arg(what, receiptNo.trimmed());
    change("/fees", fees, reason, asked.fees);
}

void DossierPresenter::settle(const Answer<Acted>& answer)
{
    if (answer) {
        const std::string code = m_view->row.code;
        static_cast<void>(open(code));
        emit changed();
    } else if (!answer.error().problems.empty()) {
        if (standsOtherwise(answer.error().problems)) {
            refresh();
        }
        emit problems(answer.error().problems);
    } else {
        emit failed(explain(answer.error().error));
    }
}

} // namespace motcua
