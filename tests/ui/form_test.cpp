// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/field_box.h"
#include "app/intake/form_parts.h"
#include "app/intake/form_view.h"
#include "app/intake/problem_list.h"
#include "tests/ui/gui_session.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <catch2/catch.hpp>
#include <set>

namespace motcua {

namespace {

struct Birth : test::OpenRegister
{
    Birth()
    {
        const Day today = dayInVietnam(place->clock().now());
        const Procedure* procedure = place->catalogue().find("1.001193", today);
        REQUIRE(procedure != nullptr);
        parts = formParts(place->catalogue().form(*procedure, today), procedure->term.extension.has_value());
        help = {&place->catalogue(), [] { return nullptr; }, today};
    }
    std::vector<FormPart> parts;
    FieldHelp help;
};

std::vector<const Leaf*> leavesOf(const std::vector<FormPart>& parts)
{
    std::vector<const Leaf*> leaves;
    for (const FormPart& part : parts) {
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                leaves.push_back(&leaf);
            }
        }
    }
    return leaves;
}

} // namespace

TEST_CASE("a person of the form becomes fields of its own, each once")
{
    const Birth birth;
    std::set<std::string> pointers;
    for (const Leaf* leaf : leavesOf(birth.parts)) {
        CHECK(pointers.insert(leaf->pointer).second);
        CHECK_FALSE(leaf->label.isEmpty());
    }
    CHECK(pointers.count("/applicant/name") == 1);
    CHECK(pointers.count("/form/child/birth") == 1);
    CHECK(pointers.count("/form/childEthnicGroup") == 1);
    CHECK(pointers.count("/form/child") == 0);
}

TEST_CASE("every form of the catalogue can be built, and every control has a name and a label")
{
    const test::OpenRegister office;
    const Day today = dayInVietnam(office.place->clock().now());
    const FieldHelp help{&office.place->catalogue(), [] { return nullptr; }, today};
    std::set<std::string> seen;
    for (const Procedure* procedure : office.place->catalogue().procedures(today)) {
        if (!seen.insert(procedure->form).second) {
            continue;
        }
        INFO(procedure->name);
        FormView view;
        view.build(formParts(office.place->catalogue().form(*procedure, today), true), help);
        for (FieldBox* box : view.findChildren<FieldBox*>()) {
            CHECK_FALSE(box->editor().input()->accessibleName().isEmpty());
            CHECK_FALSE(box->editor().input()->objectName().isEmpty());
        }
        const auto labels = view.findChildren<QLabel*>();
        const auto buddies = std::count_if(labels.begin(), labels.end(),
                                           [](QLabel* label) { return label->buddy() != nullptr; });
        CHECK(buddies == view.findChildren<FieldBox*>().size());
    }
}

TEST_CASE("Enter leads through the whole form in reading order")
{
    const Birth birth;
    FormView view;
    view.build(birth.parts, birth.help);
    view.resize(900, 700);
    view.show();
    QApplication::setActiveWindow(&view);
    view.focusFirst();
    bool finished = false;
    QObject::connect(&view, &FormView::finished, &view, [&] { finished = true; });
    std::vector<std::string> visited;
    QObject::connect(&view, &FormView::focused, &view,
                     [&](const std::string& pointer) { visited.push_back(pointer); });

    for (int i = 0; i < 60 && !finished; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }

    CHECK(finished);
    visited.insert(visited.begin(), "/applicant/name");
    visited.erase(std::unique(visited.begin(), visited.end()), visited.end());
    std::vector<std::string> wanted;
    for (const Leaf* leaf : leavesOf(birth.parts)) {
        wanted.push_back(leaf->pointer);
    }
    CHECK(visited == wanted);
}

TEST_CASE("problems stand beside their fields and in the list, and nothing typed is lost")
{
    const Birth birth;
    FormView view;
    view.build(birth.parts, birth.help);
    view.show();
    view.setValue("/form/child/name", "NGUYỄN VĂN AN");

    view.showProblems(
        {{"/form/child/birth/text", "date", "Ngày sinh không có trong lịch.", Severity::Hard, {}},
         {"/form/mother", "mother-missing", "Chưa khai người mẹ.", Severity::Soft, "TT 04/2020"},
         {"", "whole", "Cả tờ khai.", Severity::Hard, {}}},
        {{"/form/mother/name", "trẻ bị bỏ rơi"}});

    CHECK(view.findChild<ProblemList*>()->isVisibleTo(&view));
    CHECK(view.findChildren<QPushButton*>(QStringLiteral("problemLine")).size() == 3);
    const auto* name = view.findChild<QLineEdit*>(QStringLiteral("field:/form/child/name"));
    const auto* date = view.findChild<QLineEdit*>(QStringLiteral("field:/form/child/birth"));
    REQUIRE(name != nullptr);
    REQUIRE(date != nullptr);
    CHECK(name->text() == QStringLiteral("NGUYỄN VĂN AN"));
    CHECK(date->property("state").toString() == QStringLiteral("hard"));
    CHECK(date->accessibleDescription().contains(QStringLiteral("không có trong lịch")));
    const auto* reason = view.findChild<QLineEdit*>(QStringLiteral("reason:/form/mother/name"));
    REQUIRE(reason != nullptr);
    CHECK(reason->isVisibleTo(&view));

    view.showProblems({}, {});
    CHECK_FALSE(view.findChild<ProblemList*>()->isVisibleTo(&view));
    CHECK(date->property("state").toString().isEmpty());
    CHECK(name->text() == QStringLiteral("NGUYỄN VĂN AN"));
}

TEST_CASE("values go in and come out of every kind of field unchanged")
{
    const Birth birth;
    FormView view;
    view.build(birth.parts, birth.help);
    const std::map<std::string, Json> values{
        {"/applicant/name", "LÊ THỊ HOA"},
        {"/applicant/birth", Json{{"text", "1984"}, {"precision", "year"}}},
        {"/applicant/gender", "female"},
        {"/applicant/personalId", "001184012345"},
        {"/form/childEthnicGroup", "Kinh"},
        {"/form/copies", 2},
        {"/form/birthProof", "giấy cam đoan"},
    };
    for (const auto& [pointer, value] : values) {
        view.setValue(pointer, value);
    }
    for (FieldBox* box : view.findChildren<FieldBox*>()) {
        const auto wanted = values.find(box->leaf().pointer);
        INFO(box->leaf().pointer);
        CHECK(box->editor().value() == (wanted == values.end() ? Json() : wanted->second));
    }
}

TEST_CASE("a reason answers the problem where it was found, of a whole person and of no field at all")
{
    Birth birth;
    FormView form;
    form.build(birth.parts, birth.help);
    std::map<std::string, std::string> reasons;
    QObject::connect(
        &form, &FormView::reasonGiven, &form,
        [&](const std::string& pointer, const QString& text) { reasons[pointer] = text.toStdString(); });
    const Problem mother{"/form/mother", "mother-missing", "Chưa khai người mẹ.", Severity::Soft, {}};
    const Problem term{"/procedure", "no-term", "Chưa biết thời hạn.", Severity::Soft, {}};
    REQUIRE(form.hasPlaceFor(mother.pointer));
    REQUIRE_FALSE(form.hasPlaceFor(term.pointer));

    form.showProblems({mother, term}, {});
    form.ask(term, {});
    form.ask(term, {}); // asked once
    REQUIRE(form.findChildren<QLineEdit*>(QStringLiteral("reason:/procedure")).size() == 1);
    QTest::keyClicks(form.findChild<QLineEdit*>(QStringLiteral("reason:/form/mother/name")),
                     QStringLiteral("bo roi"));
    QTest::keyClicks(form.findChild<QLineEdit*>(QStringLiteral("reason:/procedure")),
                     QStringLiteral("hen mieng"));

    CHECK(reasons ==
          std::map<std::string, std::string>{{"/form/mother", "bo roi"}, {"/procedure", "hen mieng"}});
    form.build(birth.parts, birth.help); // the next citizen is not asked
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    CHECK(form.findChild<QLineEdit*>(QStringLiteral("reason:/procedure")) == nullptr);
}

} // namespace motcua
