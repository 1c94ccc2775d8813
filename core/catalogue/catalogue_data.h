// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/catalogue/files.h"
#include "core/catalogue/form_blocks.h"

#include <map>
#include <optional>

namespace motcua {

// What a Catalogue holds. For core/catalogue only.

/// One version of a procedure with the words that it is found by.
struct CatalogueEntry
{
    Procedure procedure;
    std::vector<std::string> nameWords;
    std::vector<std::vector<std::string>> aliasWords;
};

struct Catalogue::Data
{
    explicit Data(CatalogueFiles given) : files(std::move(given)) {}

    CatalogueFiles files;
    std::string version;
    std::vector<CatalogueEntry> entries; ///< in the order of the files
    std::vector<Form> forms;
    std::vector<BookKind> books;
    FieldRules fieldRules;
    std::optional<Calendar> calendar;
    std::vector<EthnicGroup> groups;
    std::map<std::string, std::size_t> groupsByKey;
    std::map<std::string, std::string, std::less<>> idProvinces;
};

/// Spaces, hyphens and quotes are written in many ways in names of peoples.
[[nodiscard]] std::string ethnicKey(std::string_view name);

/// Builds a Catalogue from its files.
class CatalogueLoader
{
public:
    explicit CatalogueLoader(CatalogueFiles files);
    /// As it was published: its version is whole already.
    CatalogueLoader(CatalogueFiles files, std::string publishedVersion);
    [[nodiscard]] Result<Catalogue> load();

private:
    using Fees = std::map<std::string, std::vector<FeeRule>>;

    [[nodiscard]] Result<FormBlocks> readBlocks();
    [[nodiscard]] Result<void> addForm(Form form, const Source& source);
    [[nodiscard]] Result<void> readForms();
    [[nodiscard]] Result<void> readFieldRules();
    [[nodiscard]] Result<void> readBooks();
    [[nodiscard]] Result<Fees> readFees();
    [[nodiscard]] Result<void> readProcedures();
    [[nodiscard]] Result<void> addProcedure(Procedure procedure, const Source& source);
    [[nodiscard]] Result<void> readCalendar();
    [[nodiscard]] Result<void> readGroups();
    [[nodiscard]] Result<void> readIdProvinces();
    [[nodiscard]] Result<void> checkReferences(const Fees& fees) const;
    void remember(const std::string& name, const std::string& bytes);

    [[nodiscard]] Result<void> nameVersion();

    std::shared_ptr<Catalogue::Data> m_data;
    std::string m_publishedVersion; ///< empty: not published
    std::string m_statedVersion;
    std::string m_hashed; ///< names and hashes of the files read
};

} // namespace motcua
