// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog of the stick when things do not go well.
#include "app/queue/courier_dialog.h"
#include "app/theme/theme.h"
#include "tests/ui/gui_session.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

namespace motcua {

namespace {

constexpr int kWaitMs = 10'000;

struct PluggedIn
{
    PluggedIn()
    {
        test::needGui();
        jobs.plan = [](const std::function<bool()>&) { return Result<ExportPlan>(ExportPlan()); };
        jobs.write = [](const std::string&, const CourierProgress&) {
            return Result<ExportReport>(ExportReport());
        };
        jobs.read = [](const std::string&, const StickProgress&) {
            return Result<StickAnswers>(StickAnswers());
        };
    }
    /// Presses the button and waits for what it says at the end.
    QString said(CourierDialog& dialog)
    {
        dialog.show();
        dialog.findChild<QPushButton*>(QStringLiteral("beginCourier"))->click();
        REQUIRE(QTest::qWaitFor([&] { return dialog.windowTitle().contains(QStringLiteral("chưa xong")); },
                                kWaitMs));
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>()) {
            texts << (label->isHidden() ? QString() : label->text());
        }
        return texts.join(QLatin1Char('|'));
    }

    CourierJobs jobs;
    QTemporaryDir folder;
    Theme theme{*qobject_cast<QApplication*>(QCoreApplication::instance())};
};

} // namespace

TEST_CASE("a count that takes long keeps nobody in the dialog")
{
    PluggedIn stick;
    std::atomic<bool> wasStopped{false};
    stick.jobs.plan = [&](const std::function<bool()>& goesOn) -> Result<ExportPlan> {
        while (goesOn()) {
            std::this_thread::yield();
        }
        wasStopped = true;
        return fail(ErrorKind::Refused, "stopped");
    };
    {
        CourierDialog dialog(stick.theme, stick.jobs, CourierDialog::Way::Send, stick.folder.path(), nullptr);
        dialog.show();
        dialog.reject();
        CHECK_FALSE(dialog.isVisible());
    }
    CHECK(wasStopped);
}

TEST_CASE("whoever reads is told that the register learned something, also when reading failed half way")
{
    PluggedIn stick;
    stick.jobs.read = [](const std::string&, const StickProgress&) -> Result<StickAnswers> {
        return fail(ErrorKind::Storage, "I/O error"); // after the first file was taken
    };
    CourierDialog dialog(stick.theme, stick.jobs, CourierDialog::Way::Receive, stick.folder.path(), nullptr);
    QSignalSpy answered(&dialog, &CourierDialog::answered);

    const QString said = stick.said(dialog);

    CHECK(answered.count() == 1);
    CHECK(said.contains(QStringLiteral("Những gì đã nhận thì giữ nguyên.")));
    CHECK_FALSE(said.contains(QStringLiteral("I/O")));
}

TEST_CASE("a set that broke off says what stands finished on the stick")
{
    PluggedIn stick;
    stick.jobs.write = [](const std::string&, const CourierProgress&) -> Result<ExportReport> {
        ExportReport report;
        report.volumes.resize(1);
        report.brokenOff = Error{ErrorKind::Storage, "No space left on device"};
        return report;
    };
    CourierDialog dialog(stick.theme, stick.jobs, CourierDialog::Way::Send, stick.folder.path(), nullptr);

    CHECK(stick.said(dialog).contains(QStringLiteral("1 tệp đầu của bộ đã xong và nằm trên USB.")));
}

TEST_CASE("how much room there is on the stick is measured beside the window")
{
    PluggedIn stick;
    CourierDialog dialog(stick.theme, stick.jobs, CourierDialog::Way::Send, stick.folder.path(), nullptr);
    dialog.show();
    CHECK(QTest::qWaitFor(
        [&] {
            for (const QLabel* label : dialog.findChildren<QLabel*>()) {
                if (label->text().contains(QStringLiteral("USB còn trống"))) {
                    return true;
                }
            }
            return false;
        },
        kWaitMs));
}

} // namespace motcua
