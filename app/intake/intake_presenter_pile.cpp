// SPDX-License-Identifier: GPL-3.0-or-later
// Many at once: the next dossier of the same citizen, and a pile of documents as a dossier each.
#include "app/intake/intake_presenter.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"
#include "core/dossier/patch.h"

#include <algorithm>

namespace motcua {

namespace {

/// What names a document: the first text that the form insists on.
std::string documentPointer(const Form& form)
{
    for (const Section& section : form.sections) {
        for (const Field& field : section.fields) {
            if (field.kind == FieldKind::Text && field.required) {
                return field.pointer;
            }
        }
    }
    return {};
}

int numberAt(const Json& draft, const std::string& pointer)
{
    const Json* value = findAt(draft, pointer);
    return value != nullptr && value->is_number_integer() ? value->get<int>() : 1;
}

bool holds(const Json& components, const std::string& code)
{
    return components.is_array() &&
           std::any_of(components.begin(), components.end(),
                       [&](const Json& component) { return stringAt(component, "code") == code; });
}

QString inRow(std::size_t row, const std::string& message)
{
    return IntakePresenter::tr("Dòng %1: %2").arg(row + 1).arg(displayText(message));
}

} // namespace

void IntakePresenter::keepApplicant()
{
    m_applicant = m_received ? Json{{"applicant", at(m_draft, "applicant")}} : Json();
}

QString IntakePresenter::keptApplicant() const
{
    return displayText(stringAt(at(m_applicant, "applicant"), "name"));
}

bool IntakePresenter::takesPiles() const
{
    if (m_procedure == nullptr) {
        return false;
    }
    const Form asked = form();
    return !asked.inputs.pages.empty() && !asked.inputs.copies.empty() && !documentPointer(asked).empty();
}

std::vector<PileRow> IntakePresenter::pile() const
{
    if (!m_pile.empty()) {
        return m_pile;
    }
    const Form asked = form();
    const Json* name = findAt(m_draft, documentPointer(asked));
    PileRow first;
    first.document = name != nullptr && name->is_string() ? toQString(name->get<std::string>()) : QString();
    first.pages = numberAt(m_draft, asked.inputs.pages);
    first.copies = numberAt(m_draft, asked.inputs.copies);
    return {first};
}

std::vector<Json> IntakePresenter::pileDrafts(const std::vector<PileRow>& rows) const
{
    const Form asked = form();
    std::vector<Json> drafts;
    for (const PileRow& row : rows) {
        Json draft = m_draft;
        putAt(draft, documentPointer(asked), toUtf8(row.document.trimmed()));
        putAt(draft, asked.inputs.pages, row.pages);
        putAt(draft, asked.inputs.copies, row.copies);
        addPilePapers(draft);
        // Each is a dossier of its own; the draft's name would stand for all of them.
        draft["clientRef"] = stringAt(draft, "clientRef") + "/" + std::to_string(drafts.size() + 1);
        drafts.push_back(std::move(draft));
    }
    return drafts;
}

std::vector<PilePaper> IntakePresenter::pilePapers() const
{
    std::vector<PilePaper> papers;
    const auto asked = askedPapers();
    for (const Paper& paper : m_procedure->papers) {
        if (asked.at(paper.code) == Asked::Required) {
            papers.push_back(
                {paper.code, displayText(paper.name),
                 holds(at(m_draft, "components"), paper.code) || m_pilePapers.count(paper.code) != 0});
        }
    }
    return papers;
}

void IntakePresenter::setPilePaper(const std::string& code, bool isThere)
{
    if (isThere) {
        m_pilePapers.insert(code);
    } else {
        m_pilePapers.erase(code);
    }
}

void IntakePresenter::addPilePapers(Json& draft) const
{
    Json components = at(draft, "components").is_array() ? at(draft, "components") : Json::array();
    for (const Paper& paper : m_procedure->papers) {
        if (m_pilePapers.count(paper.code) != 0 && !holds(components, paper.code)) {
            components.push_back({{"code", paper.code},
                                  {"name", paper.name},
                                  {"evidence", std::string(evidenceName(paper.evidence))},
                                  {"originals", paper.evidence == Evidence::LookedUp ? 0 : 1},
                                  {"copies", 0}});
        }
    }
    draft["components"] = std::move(components);
}

QStringList IntakePresenter::documentSuggestions() const
{
    const Form asked = form();
    QStringList names;
    if (const Field* field = asked.fieldAt(documentPointer(asked))) {
        for (const std::string& name : field->suggestions) {
            names << displayText(name);
        }
    }
    return names;
}

PileSum IntakePresenter::reckon(const std::vector<PileRow>& rows) const
{
    PileSum sum;
    std::int64_t total = 0;
    const auto drafts = pileDrafts(rows);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const CheckedDraft checked = checkDraft(drafts[i], m_desk.catalogue(), m_clock.now());
        total += checked.fee.amount.value_or(0);
        sum.fees << (checked.fee.amount ? toQString(formatDong(*checked.fee.amount)) : tr("chưa có mức"));
        QStringList lines;
        for (const FeeLine& line : checked.fee.lines) {
            lines << displayText(line.text);
        }
        sum.sums << lines.join(QStringLiteral("; "));
        for (const Problem& problem : checked.problems) {
            sum.problems << inRow(i, problem.message);
        }
    }
    sum.total = toQString(formatDong(total));
    return sum;
}

void IntakePresenter::receivePile(const std::vector<PileRow>& rows)
{
    if (m_procedure == nullptr || m_received) {
        return;
    }
    m_pile = rows;
    save(true); // used up by the receipt, as for one
    auto answer = m_desk.receiveTogether(pileDrafts(rows), m_draftId);
    if (!answer) {
        QStringList words;
        for (const Problem& problem : answer.error().problems) {
            words << displayText(problem.message);
        }
        if (words.isEmpty()) {
            const ErrorText text = explain(answer.error().error);
            words << toQString(text.sentence());
        }
        emit pileRefused(words);
        return;
    }
    m_receivedAll = std::move(*answer);
    m_received = m_receivedAll.front();
    m_saveSoon.stop();
    m_draftId = 0;
    emit receivedOnce();
}

} // namespace motcua
