// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/page.h"

namespace motcua {

/// F1: the keys, and what to do when something goes wrong. Built in, so that it is there without a network.
class HelpPage : public Page
{
    Q_OBJECT
public:
    /// `catalogue`: which one is in force, in a sentence.
    explicit HelpPage(const QString& catalogue, QWidget* parent = nullptr);
};

} // namespace motcua
