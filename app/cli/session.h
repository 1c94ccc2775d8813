// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/outcome.h"
#include "app/common/workplace.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

class QGuiApplication;

namespace motcua::cli {

/// One run of the program: standard input and output, and the register, opened when a command first needs it
/// and kept open for the next line of a batch.
class Session
{
public:
    Session();
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// The register that the options (else the variables) name, opened by whom they name, at the moment they
    /// choose. Failures: usage, exit 3, or the practice-only rule.
    [[nodiscard]] Reply<Workplace*> workplace(const Arguments& arguments);
    /// The same for somebody who may do `act`; exit 1 otherwise.
    [[nodiscard]] Reply<Workplace*> workplaceFor(Act act, const Arguments& arguments);
    /// Keeps a register that was just made.
    void keep(std::unique_ptr<Workplace> made, std::filesystem::path folder);
    /// Closes the register, so that its folder can be worked on from outside.
    void close() { m_workplace.reset(); }

    /// Refuses options that only a practice register allows, before anything else happens.
    [[nodiscard]] Reply<void> checkPractice(std::string_view command, const Arguments& arguments);
    [[nodiscard]] Reply<Practice> practice(const Arguments& arguments) const;

    /// The one that the register works by, where one is named and can be opened now; else the installed one,
    /// with `note` saying so where somebody could take it for the other.
    struct ChosenCatalogue
    {
        CatalogueInForce inForce;
        std::string note;
        const Catalogue* operator->() const { return inForce.catalogue.get(); }
        const Catalogue& operator*() const { return *inForce.catalogue; }
    };
    [[nodiscard]] Reply<ChosenCatalogue> catalogue(const Arguments& arguments);
    /// The moment of a question that needs no register.
    [[nodiscard]] Reply<Instant> now(const Arguments& arguments) const;
    [[nodiscard]] const Clock& systemClock() const { return m_clock; }

    [[nodiscard]] Reply<std::filesystem::path> folderOf(const Arguments& arguments) const;
    [[nodiscard]] Reply<std::string> userOf(const Arguments& arguments) const;
    [[nodiscard]] Reply<Secret> passwordOf(const Arguments& arguments) const;
    [[nodiscard]] Reply<Millis> lockTimeout(const Arguments& arguments) const;

    /// A whole file; `-` is standard input.
    [[nodiscard]] Reply<std::string> read(const std::string& file);
    /// Standard input, line by line, for one command; wrong usage when it is taken (by a batch) already.
    [[nodiscard]] Reply<void> takeInput();
    /// The next line without its end; false after the last. A line beyond the bound comes back cut, so that
    /// it is refused as broken JSON and never fills the memory.
    [[nodiscard]] bool nextLine(std::string& line);
    /// One answer, out of our hands when this returns.
    void answer(std::string_view line);

    /// Qt's application object, without a screen: network, papers.
    void needQt();

private:
    [[nodiscard]] Reply<void> open(const std::filesystem::path& folder, const std::string& user,
                                   const Arguments& arguments, Millis lockTimeout);
    [[nodiscard]] bool namesRegister(const Arguments& arguments) const;

    SystemClock m_clock;
    std::unique_ptr<Workplace> m_workplace;
    std::filesystem::path m_folder;
    std::unique_ptr<QGuiApplication> m_qt;
    bool m_inputTaken = false;
};

} // namespace motcua::cli
