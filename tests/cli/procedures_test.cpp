// SPDX-License-Identifier: GPL-3.0-or-later
// Every procedure of the catalogue through a counter's whole day, on both sides of the new civil-status law:
// received, processed, finished, printed and returned by the real program. Prints a line for each.
#include "tests/cli/counter.h"
#include "tests/cli/procedure_drafts.h"

#include <catch2/catch.hpp>
#include <iostream>
#include <set>

using namespace motcua;
using namespace motcua::testing;

namespace {

/// One side of 2027-03-01.
struct Side
{
    const char* day;
    const char* received; ///< instants: taken in, worked on, finished, given back
    const char* processed;
    const char* finished;
    const char* returned;
};

constexpr Side kOldLaw{"2027-02-26", "2027-02-26T02:00:00Z", "2027-02-26T03:00:00Z", "2027-03-02T02:00:00Z",
                       "2027-03-02T03:00:00Z"};
constexpr Side kNewLaw{"2027-03-01", "2027-03-01T02:00:00Z", "2027-03-01T03:00:00Z", "2027-03-03T02:00:00Z",
                       "2027-03-03T03:00:00Z"};

struct Tale
{
    Json procedure{};
    std::string code{};
    std::string due{};
    std::size_t steps = 0;
    std::size_t papers = 0;
    std::size_t entries = 0; ///< in books
    std::string wrong{};     ///< the first thing that did not go as it should
};

class Day9to5
{
public:
    explicit Day9to5(const Side& side) : m_side(side), m_program("motcuactl", batchWords()) {}

    std::vector<Tale> live()
    {
        std::vector<Tale> tales;
        openBooks();
        const Json list = ask({"procedure", "list", "--on", m_side.day});
        for (const Json& procedure : list.at("procedures")) {
            Tale tale;
            tale.procedure = procedure;
            take(tale);
            if (tale.wrong.empty()) {
                workOn(tale);
            }
            if (tale.wrong.empty()) {
                print(tale);
            }
            tales.push_back(std::move(tale));
        }
        CHECK(m_program.finish() == 0);
        return tales;
    }

private:
    [[nodiscard]] std::vector<std::string> batchWords() const
    {
        std::vector<std::string> words{"batch", "--json", "--at", m_side.received};
        for (const std::string& word : m_counter.signIn()) {
            words.push_back(word);
        }
        return words;
    }

    Json ask(const std::vector<std::string>& words)
    {
        m_program.say(Json(words).dump());
        return Json::parse(m_program.hear());
    }

    Json file(const Json& draft)
    {
        return ask({"accept", "--file", m_counter.folder.write("draft.json", draft.dump())});
    }

    void take(Tale& tale)
    {
        const Json draft = fullDraft(tale.procedure, *parseIsoDay(m_side.day));
        Json answer = file(draft);
        const bool hasTerm = stringAt(tale.procedure.at("term"), "unit") != "see_portal";
        if (!hasTerm && (answer.at("exit") != 1 || !hasRule(answer, "no-term"))) {
            tale.wrong = "nobody was asked why there is no appointment";
            return;
        }
        if (answer.at("exit") != 0) {
            for (const Json& problem : at(answer, "problems")) {
                if (stringAt(problem, "severity") == "hard") {
                    tale.wrong = "refused: " + problem.dump();
                    return;
                }
            }
            answer = file(withReasons(draft, at(answer, "problems")));
        }
        if (answer.at("exit") != 0) {
            tale.wrong = "refused: " + answer.dump();
            return;
        }
        tale.code = stringAt(answer, "code");
        tale.due = stringAt(answer, "dueAt");
        checkTerm(tale, answer);
    }

    /// The appointment is that of `deadline`, step by step from the receipt to it; none where none is known.
    void checkTerm(Tale& tale, const Json& answer)
    {
        const std::string unit = stringAt(tale.procedure.at("term"), "unit");
        if (unit == "see_portal" || unit == "other_agency") {
            if (!at(answer, "dueAt").is_null()) {
                tale.wrong = "an appointment that nobody knows: " + tale.due;
            }
            return;
        }
        const Json reckoned =
            ask({"deadline", stringAt(tale.procedure, "code"), "--received", m_side.received});
        tale.steps = at(reckoned, "steps").size();
        if (at(reckoned, "dueAt") != at(answer, "dueAt") || tale.due.empty()) {
            tale.wrong = "due " + tale.due + ", reckoned " + reckoned.dump();
        }
    }

    /// Those of the year in which things are signed.
    void openBooks()
    {
        for (const char* kind : {"birth", "marriage", "death", "guardianship", "guardianship-end",
                                 "guardianship-supervision", "recognition", "change", "marital-status",
                                 "foreign-event", "copies", "signatures", "translators", "transactions"}) {
            CHECK(ask({"book", "open", kind, "--at", m_side.processed}).at("exit") == 0);
        }
    }

    /// Into every book that the procedure's form names, each once.
    void sign(Tale& tale)
    {
        const Json& form = tale.procedure.at("form");
        const std::size_t books = stringAt(form, "book").empty() ? 0 : 1 + at(form, "alsoBooks").size();
        for (std::size_t i = 0; i <= books; ++i) {
            const Json answer = ask({"book", "sign", tale.code, "--signer", "Trần Văn Hòa", "--title",
                                     "Chủ tịch", "--requester-signed", "--at", m_side.processed});
            const bool isDone = hasRule(answer, books == 0 ? "book-none" : "book-entered");
            if (tale.wrong.empty() && (i == books ? !isDone : answer.at("exit") != 0)) {
                tale.wrong = "book: " + answer.dump();
            }
        }
        tale.entries = at(ask({"book", "entry", tale.code, "--at", m_side.processed}), "entries").size();
        if (tale.wrong.empty() && tale.entries != books) {
            tale.wrong = "entered " + std::to_string(tale.entries) + " times";
        }
    }

    void move(Tale& tale, const char* to, const char* moment, const char* note)
    {
        const Json answer = ask({"move", tale.code, "--to", to, "--note", note, "--at", moment});
        if (answer.at("exit") != 0 && tale.wrong.empty()) {
            tale.wrong = std::string(to) + ": " + answer.dump();
        }
    }

    void workOn(Tale& tale)
    {
        const bool isPolice = stringAt(tale.procedure.at("term"), "unit") == "other_agency";
        move(tale, "processing", m_side.processed,
             isPolice ? "Chuyển Công an cấp xã." : "Chuyển công chức xử lý.");
        sign(tale);
        move(tale, "finished", m_side.finished, isPolice ? "Công an cấp xã đã trả kết quả." : "Đã ký.");
        move(tale, "returned", m_side.returned, "Trả tại quầy.");
        const Json shown = ask({"show", tale.code});
        const bool isReturned = stringAt(shown, "status") == "returned";
        if (tale.wrong.empty() && (!isReturned || at(shown, "procedure") != tale.procedure.at("code"))) {
            tale.wrong = "shown as " + shown.dump();
        }
    }

    void print(Tale& tale)
    {
        const Json list = ask({"print", "--list", tale.code, "--at", m_side.returned});
        for (const Json& paper : at(list, "papers")) {
            const std::string out = m_counter.folder.name("paper.pdf");
            const Json printed = ask({"print", tale.code, "--paper", stringAt(paper, "name"), "--out", out,
                                      "--at", m_side.returned});
            if (printed.at("exit") != 0 || at(printed, "pages") < 1) {
                tale.wrong = stringAt(paper, "name") + ": " + printed.dump();
                return;
            }
            ++tale.papers;
        }
        if (tale.papers == 0) {
            tale.wrong = "no paper: " + list.dump();
        }
    }

    Side m_side;
    Counter m_counter;
    RunningProgram m_program;
};

void tell(const Side& side, const std::vector<Tale>& tales)
{
    std::size_t done = 0;
    std::size_t papers = 0;
    for (const Tale& tale : tales) {
        std::cout << side.day << "  " << stringAt(tale.procedure, "code") << "  "
                  << stringAt(tale.procedure.at("form"), "id") << "  due "
                  << (tale.due.empty() ? "-" : tale.due) << "  steps " << tale.steps << "  books "
                  << tale.entries << "  papers " << tale.papers << "  "
                  << (tale.wrong.empty() ? "done" : tale.wrong) << '\n';
        done += tale.wrong.empty() ? 1 : 0;
        papers += tale.papers;
    }
    std::cout << side.day << "  " << done << " of " << tales.size() << " procedures, " << papers
              << " papers\n";
}

std::vector<Tale> lived(const Side& side)
{
    Day9to5 day(side);
    std::vector<Tale> tales = day.live();
    tell(side, tales);
    for (const Tale& tale : tales) {
        INFO(stringAt(tale.procedure, "code"));
        CHECK(tale.wrong == "");
    }
    return tales;
}

const Tale& taleOf(const std::vector<Tale>& tales, const std::string& code)
{
    for (const Tale& tale : tales) {
        if (stringAt(tale.procedure, "code") == code) {
            return tale;
        }
    }
    FAIL("no procedure " << code);
    return tales.front();
}

} // namespace

TEST_CASE("every procedure goes its whole way under the law of before 2027-03-01, and from that day on",
          "[procedures]")
{
    const std::vector<Tale> before = lived(kOldLaw);
    const std::vector<Tale> after = lived(kNewLaw);

    CHECK(before.size() == after.size());
    CHECK(taleOf(before, "1.001193").entries == 1);
    CHECK(taleOf(before, "1.000689").entries == 2); // a recognition with a birth stands in both books
    CHECK(before.size() >= 64);
    CHECK(stringAt(taleOf(before, "1.000656").procedure, "result") == "Trích lục khai tử");
    CHECK(stringAt(taleOf(after, "1.000656").procedure, "result") == "Giấy chứng tử");
    CHECK(taleOf(after, "1.000656").procedure.at("form").at("sure") == "carried-over");
    CHECK(taleOf(after, "1.000656").procedure.at("notes").dump().find("03/2026/QH16") != std::string::npos);
    CHECK(taleOf(before, "1.000656").procedure.at("notes").dump().find("kể cả khi trả kết quả sau") !=
          std::string::npos);
    // Received on a Friday: three working days are Monday, Tuesday, Wednesday.
    CHECK(taleOf(before, "1.004837").due == "2027-03-03T09:30:00.000Z");
    CHECK(taleOf(after, "1.004837").due == "2027-03-04T09:30:00.000Z");
}
