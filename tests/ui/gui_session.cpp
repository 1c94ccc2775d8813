// SPDX-License-Identifier: GPL-3.0-or-later
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include "tests/ui/gui_session.h"

#include "app/intake/form_parts.h"
#include "core/dossier/draft.h"
#include "core/papers/paper_output.h"
#include "tests/support/practice_register.h"

#include <QApplication>

#include <catch2/catch.hpp>
#include <memory>

namespace motcua::test {

namespace {

std::filesystem::path registerIn(const QTemporaryDir& folder)
{
    return std::filesystem::path(folder.path().toStdString()) / "register";
}

/// Friday 20/11/2026, 09:00: a working day, in office hours.
Practice aFriday()
{
    return {instantInVietnam(Day{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{20}},
                             std::chrono::hours{9}),
            7};
}

/// The one application object, made before the first test and gone before the program's static objects: Qt's
/// own are among them, and an application that outlives them crashes.
class GuiSession : public Catch::TestEventListenerBase
{
public:
    using TestEventListenerBase::TestEventListenerBase;

    void testRunStarting(const Catch::TestRunInfo&) override
    {
        fixOrderInPapers(); // as the programs do
        m_application = std::make_unique<QApplication>(m_count, m_arguments);
    }
    void testRunEnded(const Catch::TestRunStats&) override { m_application.reset(); }

private:
    int m_count = 1;
    char m_name[8] = "test_ui";
    char* m_arguments[2] = {m_name, nullptr};
    std::unique_ptr<QApplication> m_application;
};
CATCH_REGISTER_LISTENER(GuiSession)

} // namespace

void needGui()
{
    REQUIRE(QCoreApplication::instance() != nullptr);
}

void keepPicture(QWidget& widget, const char* variable, const QString& name)
{
    const QByteArray folder = qgetenv(variable);
    if (!folder.isEmpty()) {
        QCoreApplication::processEvents(); // what the layouts have put off
        widget.grab().save(QString::fromUtf8(folder) + QLatin1Char('/') + name + QStringLiteral(".png"));
    }
}

OpenRegister::OpenRegister()
{
    SignIn admin = practiceSignIn();
    admin.password = Secret(kPassword);
    auto opened = Workplace::create(registerIn(folder), practiceRegister(), std::move(admin), aFriday());
    REQUIRE(opened);
    place = std::move(*opened);
}

void OpenRegister::reopen()
{
    place.reset();
    SignIn who;
    who.account = "lan";
    who.password = Secret(kPassword);
    auto opened = Workplace::open(registerIn(folder), std::move(who));
    REQUIRE(opened);
    place = std::move(*opened);
    REQUIRE(place->practise(aFriday()));
}

std::string OpenRegister::receive()
{
    const Day today = dayInVietnam(place->clock().now());
    const Procedure* procedure = place->catalogue().find("2.000815", today);
    REQUIRE(procedure != nullptr);
    Json draft{{"procedure", "2.000815"},
               {"channel", "counter"},
               {"applicant", {{"name", "LÊ THỊ HOA"}, {"phone", "0912345678"}}},
               {"components", fullChecklist(*procedure)},
               {"form", Json::object()}};
    for (const FormPart& part : formParts(place->catalogue().form(*procedure, today), true)) {
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                if (leaf.required && valueAt(draft, leaf.pointer).is_null()) {
                    putAt(draft, leaf.pointer,
                          leaf.kind == LeafKind::Number ? Json(1) : Json("Bằng tốt nghiệp"));
                }
            }
        }
    }
    for (const Problem& problem : checkDraft(draft, place->catalogue(), place->clock().now()).problems) {
        draft["reasons"][problem.pointer] = "đã đối chiếu";
    }
    const auto received = place->desk().receive(draft);
    if (!received) {
        for (const Problem& problem : received.error().problems) {
            UNSCOPED_INFO(problem.pointer << ": " << problem.message);
        }
    }
    REQUIRE(received);
    return received->code;
}

} // namespace motcua::test
