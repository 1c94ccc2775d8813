// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/conflict_words.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"
#include "core/dossier/status.h"

#include <QCoreApplication>

#include <algorithm>

namespace motcua {

namespace {

QString say(const char* words)
{
    return QCoreApplication::translate("needs-you", words);
}

struct FixedLabel
{
    const char* pointer;
    const char* label;
};

// What every dossier has beside its form.
constexpr FixedLabel kFixed[] = {
    {"/status", QT_TRANSLATE_NOOP("needs-you", "Bước xử lý")},
    {"/dueAt", QT_TRANSLATE_NOOP("needs-you", "Ngày hẹn trả")},
    {"/returnBy", QT_TRANSLATE_NOOP("needs-you", "Cách trả kết quả")},
    {"/results", QT_TRANSLATE_NOOP("needs-you", "Kết quả giải quyết")},
    {"/components", QT_TRANSLATE_NOOP("needs-you", "Giấy tờ kèm theo")},
    {"/fees", QT_TRANSLATE_NOOP("needs-you", "Phí, lệ phí")},
    {"/note", QT_TRANSLATE_NOOP("needs-you", "Ghi chú")},
    {"/code", QT_TRANSLATE_NOOP("needs-you", "Mã hồ sơ")},
    {"/officialCode", QT_TRANSLATE_NOOP("needs-you", "Mã trên cổng")},
    {"/applicant", QT_TRANSLATE_NOOP("needs-you", "Người nộp")},
};

bool isAtOrBelow(const std::string& pointer, std::string_view above)
{
    return pointer == above || (pointer.starts_with(above) && pointer[above.size()] == '/');
}

QString fixedLabel(const std::string& pointer)
{
    for (const FixedLabel& fixed : kFixed) {
        if (isAtOrBelow(pointer, fixed.pointer)) {
            return say(fixed.label);
        }
    }
    return displayText(pointer);
}

/// Every line by itself, so that a remark keeps its lines.
QString linesOf(const std::string& text)
{
    QStringList lines;
    for (const QString& line : toQString(text).split(QLatin1Char('\n'))) {
        lines << displayText(line);
    }
    return lines.join(QLatin1Char('\n'));
}

qlonglong numberAt(const Json& item, std::string_view member)
{
    const Json& number = at(item, member);
    return number.is_number_integer() ? number.get<qlonglong>() : 0;
}

QString itemWords(const Json& item)
{
    if (item.contains("originals")) {
        return say(QT_TRANSLATE_NOOP("needs-you", "• %1: %2 bản chính, %3 bản sao"))
            .arg(displayText(stringAt(item, "name")))
            .arg(numberAt(item, "originals"))
            .arg(numberAt(item, "copies"));
    }
    if (item.contains("amount")) {
        return QStringLiteral("• %1: %2")
            .arg(displayText(stringAt(item, "code")), toQString(formatDong(numberAt(item, "amount"))));
    }
    return QStringLiteral("• ") +
           displayText(item.is_object() && item.contains("name") ? stringAt(item, "name") : dumpJson(item));
}

QString textWords(const std::string& pointer, const std::string& text)
{
    if (pointer == "/status") {
        const auto status = parseStatus(text);
        return status ? toQString(statusLabel(*status)) : displayText(text);
    }
    const auto instant = parseRfc3339(text);
    return instant ? longTime(*instant) : linesOf(text);
}

} // namespace

FieldLabels::FieldLabels(Desk& desk, const std::string& code)
{
    const auto view = desk.dossiers().newestByCode(code);
    if (!view) {
        return;
    }
    const Day day = dayInVietnam(view->row.received);
    const Procedure* procedure = desk.catalogue().find(view->row.procedure, day);
    if (procedure == nullptr) {
        return;
    }
    for (const FormPart& part : formParts(desk.catalogue().form(*procedure, day), true)) {
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                m_known.push_back({leaf, group.title.isEmpty() ? part.title : group.title});
            }
        }
    }
}

const FieldLabels::Known* FieldLabels::find(const std::string& pointer) const
{
    // A value of several members, as a birth, is refused at a member.
    const auto it = std::find_if(m_known.begin(), m_known.end(), [&](const Known& known) {
        return isAtOrBelow(pointer, known.leaf.pointer);
    });
    return it == m_known.end() ? nullptr : &*it;
}

QString FieldLabels::label(const std::string& pointer) const
{
    const Known* known = find(pointer);
    return known == nullptr ? fixedLabel(pointer)
                            : QStringLiteral("%1 · %2").arg(known->part, known->leaf.label);
}

QString FieldLabels::shortLabel(const std::string& pointer) const
{
    const Known* known = find(pointer);
    return known == nullptr ? fixedLabel(pointer) : known->leaf.label;
}

std::optional<Leaf> FieldLabels::leaf(const std::string& pointer) const
{
    if (const Known* known = find(pointer); known != nullptr && known->leaf.pointer == pointer) {
        return known->leaf;
    }
    if (pointer == "/note") {
        Leaf leaf;
        leaf.pointer = pointer;
        leaf.label = fixedLabel(pointer);
        leaf.kind = LeafKind::Lines;
        leaf.maxLength = 4000;
        return leaf;
    }
    return std::nullopt;
}

QString FieldLabels::value(const std::string& pointer, const Json& value) const
{
    if (value.is_null()) {
        return say(QT_TRANSLATE_NOOP("needs-you", "(không có)"));
    }
    if (value.is_array()) {
        QStringList lines;
        std::transform(value.begin(), value.end(), std::back_inserter(lines), itemWords);
        return lines.isEmpty() ? say(QT_TRANSLATE_NOOP("needs-you", "(danh sách trống)"))
                               : lines.join(QLatin1Char('\n'));
    }
    if (value.is_string() && value.get_ref<const std::string&>().empty()) {
        return say(QT_TRANSLATE_NOOP("needs-you", "(để trống)"));
    }
    if (const Known* known = find(pointer); known != nullptr && !value.is_object()) {
        return linesOf(toUtf8(readable(known->leaf, value)));
    }
    if (value.is_string()) {
        return textWords(pointer, value.get<std::string>());
    }
    if (value.is_object() && value.contains("text")) {
        return displayText(stringAt(value, "text"));
    }
    return displayText(value.is_object() && value.contains("name") ? stringAt(value, "name")
                                                                   : dumpJson(value));
}

NextStep nextStepOf(const ConflictCase& conflict)
{
    if (!conflict.fields.empty()) {
        return NextStep::Decide;
    }
    if (conflict.isMismatch || conflict.problemType == "uid-taken") {
        return NextStep::Report;
    }
    if (conflict.isRepeated || conflict.isMissing) {
        return NextStep::TryAgain;
    }
    const bool canCorrect = !conflict.refused.empty() && conflict.kind != "dossier.moved" && !conflict.gone;
    return canCorrect ? NextStep::Correct : NextStep::Withdraw;
}

QString whoActs(const ConflictCase& conflict)
{
    if (nextStepOf(conflict) == NextStep::Report) {
        return say(QT_TRANSLATE_NOOP("needs-you", "Quản trị"));
    }
    const bool leader = std::any_of(conflict.fields.begin(), conflict.fields.end(),
                                    [](const ConflictField& field) { return field.needsLeader; });
    return leader ? say(QT_TRANSLATE_NOOP("needs-you", "Lãnh đạo"))
                  : say(QT_TRANSLATE_NOOP("needs-you", "Bạn"));
}

namespace {

/// The portal's own word where we have none of ours for it.
QString refusalWords(const ConflictCase& conflict)
{
    struct Words
    {
        const char* type;
        const char* words;
    };
    static constexpr Words kWords[] = {
        {"illegal-move",
         QT_TRANSLATE_NOOP("needs-you", "Ở cổng, hồ sơ đã sang bước khác nên bước này không đi tiếp "
                                        "được. Rút bước này, rồi chuyển lại từ bước hiện tại.")},
        {"dossier-gone",
         QT_TRANSLATE_NOOP("needs-you", "Thành phố đã gỡ hồ sơ này khỏi cổng. Ở quầy hồ sơ vẫn còn "
                                        "nguyên. Hỏi lại thành phố; nếu đúng, rút việc này.")},
        {"not-found",
         QT_TRANSLATE_NOOP("needs-you", "Cổng không có hồ sơ này. Rút việc này và báo quản trị.")},
        {"already-applied",
         QT_TRANSLATE_NOOP("needs-you", "Cổng đã ghi nhận việc trước ở chỗ này. Rút việc này, rồi "
                                        "sửa lại nếu vẫn cần.")},
        {"uid-taken",
         QT_TRANSLATE_NOOP("needs-you", "Cổng đã có một hồ sơ khác mang cùng định danh với hồ sơ này. "
                                        "Có thể máy đã bị sao chép: báo quản trị.")},
        {"too-large",
         QT_TRANSLATE_NOOP("needs-you", "Nội dung quá lớn, cổng không nhận. Rút ngắn rồi gửi lại.")},
    };
    const std::string type = conflict.gone ? "dossier-gone" : conflict.problemType;
    for (const Words& words : kWords) {
        if (type == words.type) {
            return say(words.words);
        }
    }
    return say(QT_TRANSLATE_NOOP("needs-you", "Cổng không nhận việc này: %1"))
        .arg(displayText(conflict.problem));
}

QString repeatedWords(const ConflictCase& conflict)
{
    return conflict.problemType == "number-taken"
               ? say(QT_TRANSLATE_NOOP("needs-you",
                                       "Cổng báo trùng số nhiều lần liền, dù lần nào máy cũng cấp số mới. Có "
                                       "thể máy đã bị sao chép. Gửi lại lần nữa; nếu vẫn vậy, báo quản trị."))
               : say(QT_TRANSLATE_NOOP("needs-you",
                                       "Cổng báo hồ sơ vừa đổi nhiều lần liền, dù lần nào máy cũng gộp lại. "
                                       "Gửi lại lần nữa; nếu vẫn vậy, báo quản trị."));
}

QString fieldList(const ConflictCase& conflict, const FieldLabels& labels)
{
    QStringList names;
    for (const ConflictField& field : conflict.fields) {
        names << labels.shortLabel(field.pointer);
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

QString whatHappened(const ConflictCase& conflict, const FieldLabels& labels)
{
    if (conflict.isMismatch) {
        return say(QT_TRANSLATE_NOOP("needs-you",
                                     "Cổng giữ một nội dung khác dưới cùng số thao tác này. Có thể máy đã "
                                     "bị sao chép: đừng sửa gì thêm ở hồ sơ này, báo quản trị."));
    }
    if (conflict.isMissing) {
        return say(QT_TRANSLATE_NOOP(
            "needs-you", "Cổng không còn hồ sơ này, có thể vì vừa khôi phục từ bản sao lưu. Chờ nơi "
                         "đã tiếp nhận (thành phố hay quầy khác) đưa hồ sơ lên lại rồi hãy gửi; nếu "
                         "nơi đó không gửi nữa, bỏ việc này và báo quản trị."));
    }
    if (!conflict.fields.empty()) {
        switch (conflict.situation) {
        case Situation::Closed:
            return say(QT_TRANSLATE_NOOP("needs-you", "Quầy sửa %1, nhưng ở cổng hồ sơ đã đóng (%2)."))
                .arg(fieldList(conflict, labels), labels.value("/status", Json(conflict.theirStatus)));
        case Situation::Altered:
            return say(QT_TRANSLATE_NOOP("needs-you",
                                         "Dữ liệu cố định của hồ sơ ở cổng khác với lúc tiếp nhận. Xem "
                                         "kỹ trước khi chọn: %1."))
                .arg(fieldList(conflict, labels));
        case Situation::Usual:
            break;
        }
        return say(QT_TRANSLATE_NOOP("needs-you", "Quầy và cổng cùng sửa: %1."))
            .arg(fieldList(conflict, labels));
    }
    if (conflict.isRepeated) {
        return repeatedWords(conflict);
    }
    if (conflict.refused.empty()) {
        return refusalWords(conflict);
    }
    QStringList lines;
    for (const RefusedField& field : conflict.refused) {
        lines << say(QT_TRANSLATE_NOOP("needs-you", "Cổng không nhận “%1”: %2"))
                     .arg(labels.shortLabel(field.pointer), displayText(field.message));
    }
    return lines.join(QLatin1Char('\n'));
}

ActionLine needsYouLine(const ConflictCase& conflict, const FieldLabels& labels, Instant now, int workingDays)
{
    ActionLine line;
    line.title = displayText(conflict.name);
    const bool isPlain =
        !conflict.fields.empty() && conflict.situation == Situation::Usual && !conflict.isMissing;
    line.text = isPlain ? say(QT_TRANSLATE_NOOP("needs-you", "Cùng sửa: %1")).arg(fieldList(conflict, labels))
                        : whatHappened(conflict, labels).replace(QLatin1Char('\n'), QStringLiteral("; "));
    line.state = QStringLiteral("%1 · %2").arg(whoActs(conflict), shortTime(conflict.since, now));
    line.icon = workingDays >= 1 ? QStringLiteral("warning") : QStringLiteral("needs-you");
    line.ink = workingDays >= 1 ? ActionLine::Ink::Bad : ActionLine::Ink::Warning;
    line.key = toQString(conflict.op);
    return line;
}

QString diagnostics(const ConflictCase& conflict, const QString& install)
{
    QStringList lines{QStringLiteral("motcua needs-you"),
                      QStringLiteral("install: ") + install,
                      QStringLiteral("op: ") + toQString(conflict.op),
                      QStringLiteral("uid: ") + toQString(conflict.uid),
                      QStringLiteral("kind: ") + toQString(conflict.kind),
                      QStringLiteral("problem: ") + (conflict.isMismatch ? QStringLiteral("mismatch")
                                                                         : toQString(conflict.problemType)),
                      QStringLiteral("since: ") + toQString(toRfc3339(conflict.since)),
                      QStringLiteral("portal status: ") + toQString(conflict.theirStatus)};
    for (const ConflictField& field : conflict.fields) {
        lines << QStringLiteral("field: %1 (%2)").arg(toQString(field.pointer), toQString(field.fieldClass));
    }
    for (const RefusedField& field : conflict.refused) {
        lines << QStringLiteral("refused: ") + toQString(field.pointer);
    }
    return lines.join(QLatin1Char('\n'));
}

int workingDaysSince(Instant since, Instant now, const Calendar& calendar)
{
    int count = 0;
    const Day today = dayInVietnam(now);
    for (Day day = calendar.nextWorkingDay(dayInVietnam(since)); day <= today && count < 1000;
         day = calendar.nextWorkingDay(day)) {
        ++count;
    }
    return count;
}

} // namespace motcua
