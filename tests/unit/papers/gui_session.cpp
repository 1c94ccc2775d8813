// SPDX-License-Identifier: GPL-3.0-or-later
// Fonts need a QGuiApplication: one for the whole run of a test program.
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <QGuiApplication>
#include <catch2/catch.hpp>
#include <memory>

namespace {

class GuiSession : public Catch::TestEventListenerBase
{
public:
    using TestEventListenerBase::TestEventListenerBase;

    void testRunStarting(const Catch::TestRunInfo&) override
    {
        m_application = std::make_unique<QGuiApplication>(m_count, m_arguments);
    }
    void testRunEnded(const Catch::TestRunStats&) override { m_application.reset(); }

private:
    int m_count = 1;
    char m_name[5] = "test";
    char* m_arguments[2] = {m_name, nullptr};
    std::unique_ptr<QGuiApplication> m_application;
};

CATCH_REGISTER_LISTENER(GuiSession)

} // namespace
