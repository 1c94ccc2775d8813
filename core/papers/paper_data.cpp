// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_data.h"

#include <algorithm>

namespace motcua {

namespace {

Result<std::optional<Instant>> instantAt(const Json& object, std::string_view member)
{
    const std::string text = stringAt(object, member);
    if (text.empty()) {
        return std::optional<Instant>{};
    }
    return std::optional<Instant>
    {
        TRY(parseRfc3339(text))
    };
}

int countAt(const Json& object, std::string_view member)
{
    const Json& value = at(object, member);
    return value.is_number_integer()
               ? static_cast<int>(std::clamp<std::int64_t>(value.get<std::int64_t>(), 0, 999))
               : 0;
}

std::vector<PaperComponent> componentsOf(const Json& dossier)
{
    std::vector<PaperComponent> components;
    if (const Json& list = at(dossier, "components"); list.is_array()) {
        for (const Json& one : list) {
            components.push_back(PaperComponent{stringAt(one, "name"), stringAt(one, "evidence", "handed-in"),
                                                countAt(one, "originals"), countAt(one, "copies")});
        }
    }
    return components;
}

/// Paid counts only when each amount that is owed has been paid; the numbers of all receipts are named.
Result<void> takePayment(const Json& dossier, PaperData& data)
{
    const Json& list = at(dossier, "fees");
    if (!list.is_array()) {
        return {};
    }
    bool anyPaid = false;
    bool anyOpen = false;
    for (const Json& fee : list) {
        const Json& amount = at(fee, "amount");
        const auto paidAt = TRY(instantAt(fee, "paidAt"));
        const bool isOwed = amount.is_number_integer() && amount.get<std::int64_t>() > 0;
        anyPaid = anyPaid || (isOwed && paidAt);
        anyOpen = anyOpen || (isOwed && !paidAt);
        if (paidAt && (!data.paidAt || *data.paidAt < *paidAt)) {
            data.paidAt = paidAt;
        }
        const std::string receipt = stringAt(fee, "receiptNo");
        if (!receipt.empty() && data.receiptNo.find(receipt) == std::string::npos) {
            data.receiptNo += (data.receiptNo.empty() ? "" : ", ") + receipt;
        }
    }
    data.isPaid = anyPaid && !anyOpen;
    return {};
}

PaperApplicant applicantOf(const Json& dossier)
{
    const Json& person = at(dossier, "applicant");
    PaperApplicant applicant;
    applicant.name = stringAt(person, "name");
    applicant.personalId = stringAt(person, "personalId", stringAt(person, "oldId"));
    applicant.address = stringAt(person, "address");
    applicant.phone = stringAt(person, "phone");
    applicant.email = stringAt(person, "email");
    return applicant;
}

} // namespace

Result<PaperData> paperDataFor(const PaperRequest& request)
{
    const Json& dossier = request.dossier;
    PaperData data;
    data.paper = request.paper;
    data.templateName = request.templateName;
    data.head = request.head;
    data.code = stringAt(dossier, "code");
    data.officialCode = stringAt(dossier, "officialCode");
    data.procedureCode = stringAt(dossier, "procedure");
    data.procedureName = request.procedureName;
    data.channel = stringAt(dossier, "channel", "counter");
    data.returnBy = stringAt(dossier, "returnBy", "counter");
    data.applicant = applicantOf(dossier);
    data.authorised = request.authorised;
    data.sections = request.sections;
    data.components = componentsOf(dossier);
    data.fees = request.fees;
    TRY(takePayment(dossier, data));
    data.term = request.term;
    data.receivedAt = TRY(instantAt(dossier, "receivedAt"));
    data.dueAt = TRY(instantAt(dossier, "dueAt"));
    data.printedAt = request.printedAt;
    data.official = request.official;
    data.paperNumber = request.paperNumber;
    data.bookVolume = request.bookVolume;
    data.bookNumber = request.bookNumber;
    data.note = stringAt(dossier, "note");
    data.reason = request.reason;
    data.sheets = request.sheets;
    data.words = request.words;
    data.more = request.more;
    return data;
}

} // namespace motcua
