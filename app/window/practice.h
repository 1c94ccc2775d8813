// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"

#include <QString>

#include <filesystem>
#include <memory>

namespace motcua {

/// Makes a throw-away register with made-up dossiers. It can reach no portal but the one it is then enrolled
/// with: a practice register carries its mark for ever.
[[nodiscard]] Result<std::unique_ptr<Workplace>> makePracticeRegister(const std::filesystem::path& folder);

/// The account of a practice register.
inline constexpr const char* kPracticeAccount = "lan";
inline constexpr const char* kPracticePassword = "luyen-tap";

/// Binds the practice register to the portal at `url`. Blocks; call it beside the window.
[[nodiscard]] Result<void> enrolPracticeRegister(Workplace& place, const QString& url, const QString& code);

} // namespace motcua
