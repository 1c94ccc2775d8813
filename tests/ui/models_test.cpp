// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/queue_words.h"
#include "app/register/dossier_presenter.h"
#include "app/register/dossier_table_model.h"
#include "app/reports/report_model.h"
#include "app/widgets/action_list.h"
#include "core/dossier/draft.h"
#include "tests/ui/gui_session.h"

#include <QAbstractItemModelTester>

#include <catch2/catch.hpp>

namespace motcua {

namespace {

using Mode = QAbstractItemModelTester::FailureReportingMode;

Instant noon()
{
    return instantInVietnam(Day{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{20}},
                            std::chrono::hours{12});
}

DossierRow rowNumber(std::int64_t number)
{
    DossierRow row;
    row.id = number;
    row.code = "H26.131-261120-" + std::to_string(1000 + number);
    row.name = number % 2 == 0 ? "LÊ THỊ ĐÀO" : "NGUYỄN VĂN AN";
    row.procedure = "1.001193";
    row.received = noon() - std::chrono::hours{number};
    row.due = noon() + std::chrono::hours{24} * (number - 5);
    return row;
}

/// A register of 250 dossiers, read a hundred at a time.
Result<TablePage> aHundred(const TableQuery&, std::int64_t offset)
{
    TablePage page;
    for (std::int64_t i = offset; i < std::min<std::int64_t>(250, offset + 100); ++i) {
        page.rows.push_back(rowNumber(i));
    }
    page.more = offset + 100 < 250;
    return page;
}

TableWords words()
{
    return {noon(), [](const DossierRow&) { return QStringLiteral("Khai sinh"); }};
}

} // namespace

TEST_CASE("the table reads a page at a time and keeps the promises of a model")
{
    test::needGui();
    DossierTableModel model(aHundred, words());

    REQUIRE(model.show({}));
    CHECK(model.rowCount() == 100);
    CHECK(model.canFetchMore({}));
    model.fetchMore({});
    model.fetchMore({});

    CHECK(model.rowCount() == 250);
    CHECK_FALSE(model.canFetchMore({}));
    CHECK(model.rowOf("H26.131-261120-1249") == 249);
    // The tester itself fetches more, so it comes when all is there.
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.sort(DossierTableModel::DueColumn, Qt::DescendingOrder);
    CHECK(model.rowOf("H26.131-261120-1249") == 0);
}

TEST_CASE("names sort by given name, and what is overdue says so in words")
{
    test::needGui();
    DossierTableModel model(
        [](const TableQuery&, std::int64_t) {
            return Result<TablePage>(TablePage{{rowNumber(0), rowNumber(1)}, false});
        },
        words());
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    REQUIRE(model.show({}));

    model.sort(DossierTableModel::NameColumn, Qt::AscendingOrder);

    CHECK(model.index(0, DossierTableModel::NameColumn).data().toString() == QStringLiteral("NGUYỄN VĂN AN"));
    CHECK(model.index(1, DossierTableModel::NameColumn).data().toString() == QStringLiteral("LÊ THỊ ĐÀO"));
    const QModelIndex due = model.index(1, DossierTableModel::DueColumn);
    CHECK(due.data(DossierTableModel::OverdueRole).toBool());
    CHECK(due.data().toString().contains(QStringLiteral("quá 5 ngày")));
}

TEST_CASE("a failed read leaves the rows that were there")
{
    test::needGui();
    bool broken = false;
    DossierTableModel model(
        [&](const TableQuery& query, std::int64_t offset) -> Result<TablePage> {
            if (broken) {
                return fail(ErrorKind::Storage, "disk");
            }
            return aHundred(query, offset);
        },
        words());
    REQUIRE(model.show({}));
    broken = true;

    CHECK_FALSE(model.show({}));
    CHECK(model.rowCount() == 100);
    model.fetchMore({});
    CHECK(model.rowCount() == 100);
}

TEST_CASE("hostile text is text in every cell")
{
    test::needGui();
    DossierRow row = rowNumber(1);
    row.name = "<b onclick=x>" + std::string(10'000, 'a') + "\n=cmd|'/c calc'!A0";
    DossierTableModel model(
        [&](const TableQuery&, std::int64_t) {
            return Result<TablePage>(TablePage{{row}, false});
        },
        words());
    REQUIRE(model.show({}));

    const QString shown = model.index(0, DossierTableModel::NameColumn).data().toString();

    CHECK(shown.startsWith(QStringLiteral("<b onclick=x>")));
    CHECK(shown.size() < 2100);
    CHECK_FALSE(shown.contains(QLatin1Char('\n')));
}

TEST_CASE("every state of an operation says what happened and who must act")
{
    const auto state = GENERATE(OpState::Waiting, OpState::Blocked, OpState::Sending, OpState::Unknown,
                                OpState::Backoff, OpState::Conflict, OpState::NeedsYou, OpState::Acknowledged,
                                OpState::Confirmed, OpState::Superseded, OpState::Withdrawn);
    QueuedOperation operation;
    operation.op = "op";
    operation.code = "H26.131-261120-1001";
    operation.name = "LÊ THỊ HOA";
    operation.kind = "dossier.received";
    operation.state = state;
    operation.at = noon() - std::chrono::hours{2};

    const ActionLine line = queueLine(operation, noon());

    INFO(opStateName(state));
    CHECK(line.title.contains(QStringLiteral("LÊ THỊ HOA")));
    CHECK_FALSE(line.state.isEmpty());
    CHECK_FALSE(line.icon.isEmpty());
    CHECK(line.text.size() > 10);
    CHECK(line.action.isEmpty() == (state == OpState::Sending));
}

TEST_CASE("lines of an action list are replaced in place")
{
    test::needGui();
    ActionListModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    const auto lines = [](int count) {
        std::vector<ActionLine> made(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            made[static_cast<std::size_t>(i)].key = QString::number(i);
        }
        return made;
    };

    model.setLines(lines(3));
    const QPersistentModelIndex second(model.index(1));
    model.setLines(lines(5));
    model.setLines(lines(2));

    CHECK(second.isValid());
    CHECK(second.data(ActionListModel::KeyRole).toString() == QStringLiteral("1"));
    model.setLines({});
    CHECK(model.rowCount() == 0);
}

TEST_CASE("a report on the screen has the head's spans and its totals")
{
    test::needGui();
    ReportTable table;
    table.columns = {{"Lĩnh vực", 20, ColumnKind::Text}, {"Trực tuyến", 10}, {"Trực tiếp", 10}};
    table.head = {{{"Lĩnh vực", 1, 2}, {"Tiếp nhận", 2, 1}}, {{"Trực tuyến"}, {"Trực tiếp"}}};
    table.rows = {{std::string("Hộ tịch"), std::int64_t{1}, std::int64_t{2}}};
    table.totals = ReportRow{std::string("Tổng"), std::int64_t{1}, std::int64_t{2}};
    ReportModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);

    model.show(table);

    CHECK(model.rowCount() == 4);
    CHECK(model.spans() == std::vector<QRect>{QRect(0, 0, 1, 2), QRect(1, 0, 2, 1)});
    CHECK(model.index(1, 2).data().toString() == QStringLiteral("Trực tiếp"));
    CHECK(model.index(3, 0).data().toString() == QStringLiteral("Tổng"));
}

TEST_CASE("a dossier is moved on and changed, and its history tells it")
{
    test::OpenRegister office;
    const std::string code = office.receive();
    DossierPresenter presenter(office.place->desk(), office.place->clock());
    REQUIRE(presenter.open(code));

    presenter.move(Status::Processing, {});
    presenter.change("/applicant/phone", "0987654321", QStringLiteral("gõ nhầm"));

    CHECK(presenter.view()->row.status == Status::Processing);
    const auto timeline = presenter.timeline();
    REQUIRE(timeline.size() >= 3);
    CHECK(
        timeline.front().details.join(QLatin1Char('|')).contains(QStringLiteral("0912345678 → 0987654321")));
    CHECK(timeline.back().what == QStringLiteral("Tiếp nhận"));
    CHECK(timeline.front().who == QStringLiteral("Nguyễn Thị Lan"));
}

} // namespace motcua
