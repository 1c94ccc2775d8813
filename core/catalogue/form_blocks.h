// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/source.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace motcua {

/// One item of a list in a form file: a section, a field or a rule. Keeps alive what it was made of.
struct FormItem
{
    std::shared_ptr<const Json> kept; ///< null where the item stands in the form's own file
    Source source;
};

/// Pieces that several forms share (form-blocks*.json): a person with ethnic group and nationality, the
/// reference to an entry in a book, the rules that go with them. A list of a form names one with
/// `{"use": NAME, "with": {"p": "mother"}, "but": {"/form/mother": {"required": true}}}`; resources/catalogue
/// describes it. For core/catalogue only.
class FormBlocks
{
public:
    /// Adds a file's blocks. Fails with the place of a mistake or of a name that is there already.
    [[nodiscard]] Result<void> read(const Source& file);

    /// The items of a list member with every `use` replaced by the block's own items, placeholders filled in.
    /// Missing means none. Fails on an unknown block, an open placeholder, a `but` that changes nothing.
    [[nodiscard]] Result<std::vector<FormItem>> items(const Source& source, std::string_view member) const;

private:
    using Words = std::map<std::string, std::string>;
    struct Block
    {
        Words defaults;
        Json items;
        std::string file;
        std::string pointer;
    };

    [[nodiscard]] Result<void> readBlock(const std::string& name, const Source& source);
    [[nodiscard]] Result<void> expand(const Source& item, int depth, std::vector<FormItem>& all) const;
    [[nodiscard]] Result<std::vector<FormItem>> used(const Source& use, int depth) const;

    std::map<std::string, Block> m_blocks;
};

} // namespace motcua
