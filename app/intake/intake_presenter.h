// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/error_text.h"
#include "app/intake/form_parts.h"
#include "app/intake/intake_knowledge.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/desk/desk.h"
#include "core/dossier/checklist.h"
#include "core/dossier/draft.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace motcua {

/// What the program knows about the matter, for the panel at the right.
struct IntakeFacts
{
    QString procedure;
    QString term;
    QString due; ///< of a dossier received now
    QStringList warnings;
    QString fee;
    QStringList feeLines;
    QStringList papers; ///< all of them while choosing, the missing ones while filling in
    QStringList notes;
    QString result;
    QStringList duplicates; ///< what may have been taken in before, with why
    QStringList known;      ///< what the register would fill in
};

/// One kind of document of a visitor's pile.
struct PileRow
{
    QString document;
    int pages = 1;  ///< of the original
    int copies = 1; ///< to be certified
    bool operator==(const PileRow&) const = default;
};

/// A paper that comes with each row of a pile.
struct PilePaper
{
    std::string code;
    QString name;
    bool isThere = false;
};

/// What a pile costs, row by row.
struct PileSum
{
    QStringList fees; ///< of each row
    QStringList sums; ///< of each row, its arithmetic
    QString total;
    QStringList problems; ///< in words; empty: it can be taken in
};

/// What taking one dossier in means, without a widget: the draft and its problems, what it would cost and
/// when it would be ready, that it keeps itself, and that it is received once. Everything typed stays in the
/// draft until a receipt or a refusal is committed or somebody throws it away.
class IntakePresenter : public QObject
{
    Q_OBJECT
public:
    IntakePresenter(Desk& desk, const Clock& clock, Random& random, QObject* parent = nullptr);

    [[nodiscard]] std::vector<const Procedure*> search(const QString& text) const;
    [[nodiscard]] IntakeFacts describe(const Procedure& procedure) const;
    /// Newest first.
    [[nodiscard]] std::vector<DraftRow> drafts() const;

    void begin(const Procedure& procedure);
    /// The next begin() fills in the applicant of what was received just now: one citizen, another matter.
    void keepApplicant();
    void forgetApplicant() { m_applicant = Json(); }
    /// Whose dossier comes next, by name; empty: anybody's.
    [[nodiscard]] QString keptApplicant() const;
    /// False when its procedure is not in force any more; the draft stays as it is.
    bool resume(const DraftRow& row);
    /// The one that was being typed when the program ended, however it ended.
    [[nodiscard]] std::optional<DraftRow> interrupted() const;
    void park();    ///< leave it, keeping everything
    void discard(); ///< throw it away
    void saveNow();

    [[nodiscard]] const Procedure* procedure() const { return m_procedure; }
    [[nodiscard]] const std::vector<FormPart>& parts() const { return m_parts; }
    [[nodiscard]] const Json& draft() const { return m_draft; }
    [[nodiscard]] std::map<std::string, std::string> reasons() const;
    [[nodiscard]] std::string focusPointer() const { return m_focus; }
    [[nodiscard]] int focusCursor() const { return m_cursor; }
    [[nodiscard]] Instant lastSaved() const { return m_lastSaved; }

    void set(const std::string& pointer, const Json& value);
    void setReason(const std::string& pointer, const QString& reason);
    void setComponents(const Json& components);
    void setFocus(const std::string& pointer, int cursor);

    /// Whom the register knows, while a name or number is typed.
    [[nodiscard]] std::vector<Suggestion> suggestPeople(const std::string& pointer, const QString& typed);
    /// One of these was chosen: what is empty of this person is filled in; what was typed and differs stays,
    /// and is offered beside its field.
    void choosePerson(const std::string& pointer, const QString& key);
    /// What is offered for a field, its person, or else next in the form. False: nothing is.
    bool takeOffer(const std::string& pointer);
    /// By the pointer of the field or person, in words.
    [[nodiscard]] std::map<std::string, QString> offers() const;
    /// Fields that hold what the register said, and where it says so.
    [[nodiscard]] const std::map<std::string, QString>& fromRegister() const { return m_fromRegister; }

    [[nodiscard]] CheckedDraft check() const;
    [[nodiscard]] IntakeFacts facts() const;
    /// Fields that have no meaning with what is answered so far, and hold nothing.
    [[nodiscard]] std::set<std::string> hiddenFields() const;
    /// What the answers mean for each paper of the checklist, by its code.
    [[nodiscard]] std::map<std::string, Asked> askedPapers() const;
    [[nodiscard]] std::vector<ReadSection> readout() const;
    /// Once: a second call while or after the first one does nothing.
    void receive();
    [[nodiscard]] const std::optional<Received>& received() const { return m_received; }

    /// The procedure's fee counts pages and copies, so that one visitor may bring many kinds of documents.
    [[nodiscard]] bool takesPiles() const;
    /// Rows as they were left; the first is what the form says.
    [[nodiscard]] std::vector<PileRow> pile() const;
    void setPile(std::vector<PileRow> rows) { m_pile = std::move(rows); }
    /// What the procedure needs and the form's own list may not have yet: one tick here stands for all rows.
    [[nodiscard]] std::vector<PilePaper> pilePapers() const;
    void setPilePaper(const std::string& code, bool isThere);
    /// Usual names of documents.
    [[nodiscard]] QStringList documentSuggestions() const;
    [[nodiscard]] PileSum reckon(const std::vector<PileRow>& rows) const;
    /// A dossier for each row, with the applicant and the papers of this draft; all or none, and the draft is
    /// used up. receivedOnce() follows, or pileRefused().
    void receivePile(const std::vector<PileRow>& rows);
    /// All that were received: several after a pile.
    [[nodiscard]] const std::vector<Received>& receivedAll() const { return m_receivedAll; }

    /// Kept with the draft, so that Esc or a power cut loses nothing of it.
    void setRefusalReason(const QString& reason);
    [[nodiscard]] QString refusalReason() const { return m_refusalReason; }
    /// What the check found that may be a reason to refuse: broken rules, missing papers, with their source.
    [[nodiscard]] QStringList refusalFindings() const;
    /// Records that it is not taken in, with the reason given; once, like receive(). received() then says
    /// under which code.
    void turnAway();

signals:
    void factsChanged();
    void filledIn(const std::string& pointer, const motcua::Json& value, const QString& mark);
    void receivedOnce();
    void turnedAway(); ///< the refusal is recorded
    void refused(const motcua::Problems& problems);
    void pileRefused(const QStringList& problems);
    void failed(const motcua::ErrorText& error);
    void saveFailed(const motcua::ErrorText& error);

private:
    void sayWhatIsKnown(IntakeFacts& facts) const; ///< duplicates, and what the register offers
    void sayIfLate(IntakeFacts& facts) const;      ///< a late registration is no overdue dossier
    void start(const Procedure& procedure);
    void touched();
    void save(bool open);
    void lookAgain();
    void apply(const KnownOffer& offer);
    [[nodiscard]] QString titleOf(const std::string& pointer) const;
    [[nodiscard]] const Leaf* leafAt(const std::string& pointer) const;
    void note(const std::string& what, const Json& detail);
    void writeNotes();
    [[nodiscard]] bool settle(Answer<Received> answer);
    [[nodiscard]] Form form() const { return m_desk.catalogue().form(*m_procedure, today()); }
    void addPilePapers(Json& draft) const;
    [[nodiscard]] std::vector<Json> pileDrafts(const std::vector<PileRow>& rows) const;
    [[nodiscard]] Day today() const { return dayInVietnam(m_clock.now()); }

    Desk& m_desk;
    const Clock& m_clock;
    Random& m_random;
    QTimer m_saveSoon;
    QTimer m_factsSoon;

    IntakeKnowledge m_knowledge;
    const Procedure* m_procedure = nullptr;
    Form m_form;
    std::vector<FormPart> m_parts;
    Json m_draft;
    std::int64_t m_draftId = 0;
    std::string m_focus;
    int m_cursor = 0;
    std::map<std::string, QString> m_fromRegister;
    std::map<std::string, Json> m_held;  ///< what the register says otherwise than what was typed
    std::map<std::string, Json> m_notes; ///< views of personal data to be journalled with the next save
    std::set<std::string> m_noted;
    QString m_refusalReason;
    Json m_applicant; ///< for the next begin()
    Instant m_lastSaved{};
    std::optional<Received> m_received;
    std::vector<Received> m_receivedAll;
    std::vector<PileRow> m_pile;
    std::set<std::string> m_pilePapers; ///< ticked beside the pile, by their codes
};

/// The due time and fee in words; used for what is chosen, what is filled in, and what was received.
[[nodiscard]] QString dueWords(const Term& term, Extended extended, Instant now, const Calendar& calendar,
                               QStringList& warnings);
[[nodiscard]] QString feeWords(const Fee& fee);

} // namespace motcua
