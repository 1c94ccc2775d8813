// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/catalogue/catalogue_data.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr Day kEndOfTime{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};

template<class Dated> bool covers(const Dated& dated, Day day)
{
    return (!dated.effectiveFrom || *dated.effectiveFrom <= day) &&
           (!dated.effectiveTo || day <= *dated.effectiveTo);
}

template<class Dated> bool overlap(const Dated& a, const Dated& b)
{
    const bool aEndsBefore = a.effectiveTo && b.effectiveFrom && *a.effectiveTo < *b.effectiveFrom;
    const bool bEndsBefore = b.effectiveTo && a.effectiveFrom && *b.effectiveTo < *a.effectiveFrom;
    return !aEndsBefore && !bEndsBefore;
}

Result<EthnicGroup> groupFromJson(const Source& source)
{
    TRY(source.onlyMembers({"code", "name", "aliases", "extra"}));
    EthnicGroup group;
    group.code = TRY(source.text("code"));
    group.name = TRY(source.text("name"));
    group.aliases = TRY(source.texts("aliases"));
    group.extra = TRY(source.truthOr("extra", false));
    return group;
}

} // namespace

std::string ethnicKey(std::string_view name)
{
    std::string key;
    for (const std::string& word : foldedWords(name)) {
        key += word;
    }
    return key;
}

CatalogueLoader::CatalogueLoader(CatalogueFiles files) : CatalogueLoader(std::move(files), {}) {}

CatalogueLoader::CatalogueLoader(CatalogueFiles files, std::string publishedVersion)
    : m_data(std::make_shared<Catalogue::Data>(std::move(files))),
      m_publishedVersion(std::move(publishedVersion))
{}

Result<Catalogue> CatalogueLoader::load()
{
    TRY(readForms());
    TRY(readFieldRules());
    TRY(readBooks());
    TRY(readProcedures());
    TRY(readCalendar());
    TRY(readGroups());
    TRY(readIdProvinces());
    TRY(nameVersion());
    return Catalogue(m_data);
}

Result<void> CatalogueLoader::nameVersion()
{
    if (!m_publishedVersion.empty()) {
        m_data->version = m_publishedVersion;
        return {};
    }
    if (m_statedVersion.empty() || m_statedVersion.size() > 40) {
        return fail(ErrorKind::Invalid, "procedures.json: \"version\" must have 1 to 40 characters");
    }
    m_data->version = m_statedVersion + "+" + toHex(sha256(m_hashed)).substr(0, 8);
    return {};
}

void CatalogueLoader::remember(const std::string& name, const std::string& bytes)
{
    m_hashed += name;
    m_hashed += bytesOf(sha256(bytes));
}

Result<FormBlocks> CatalogueLoader::readBlocks()
{
    FormBlocks blocks;
    for (const CatalogueFile& file : TRY(m_data->files.all("", "form-blocks"))) {
        remember(file.name, file.bytes);
        TRY(blocks.read(Source(file.json, file.name)));
    }
    return blocks;
}

Result<void> CatalogueLoader::addForm(Form form, const Source& source)
{
    for (const Form& other : m_data->forms) {
        if (other.id == form.id && overlap(other, form)) {
            return source.wrong("another file has the form \"" + form.id + "\" for the same days");
        }
    }
    m_data->forms.push_back(std::move(form));
    return {};
}

Result<void> CatalogueLoader::readForms()
{
    const FormBlocks blocks = TRY(readBlocks());
    for (const CatalogueFile& file : TRY(m_data->files.all("forms", ""))) {
        remember(file.name, file.bytes);
        const Source source(file.json, file.name);
        for (Form& form : TRY(formVersionsFromJson(source, blocks))) {
            TRY(addForm(std::move(form), source));
        }
    }
    return {};
}

Result<void> CatalogueLoader::readFieldRules()
{
    for (const CatalogueFile& file : TRY(m_data->files.all("", "field-rules"))) {
        remember(file.name, file.bytes);
        TRY(m_data->fieldRules.read(Source(file.json, file.name)));
    }
    return {};
}

Result<void> CatalogueLoader::readBooks()
{
    for (const CatalogueFile& file : TRY(m_data->files.all("", "books"))) {
        remember(file.name, file.bytes);
        const Source root(file.json, file.name);
        TRY(root.onlyMembers({"books"}));
        for (const Source& item : TRY(root.items("books"))) {
            BookKind kind = TRY(bookKindFromJson(item));
            for (const BookKind& other : m_data->books) {
                if (other.isCalled(kind.id) || (!kind.symbol.empty() && other.isCalled(kind.symbol))) {
                    return item.wrong("two books are called " + kind.id);
                }
            }
            m_data->books.push_back(std::move(kind));
        }
    }
    return {};
}

Result<CatalogueLoader::Fees> CatalogueLoader::readFees()
{
    Fees fees;
    for (const CatalogueFile& file : TRY(m_data->files.all("", "fees"))) {
        remember(file.name, file.bytes);
        const Source root(file.json, file.name);
        TRY(root.onlyMembers({"fees"}));
        for (const Source& item : TRY(root.items("fees"))) {
            const std::string procedure = TRY(item.text("procedure"));
            auto rule = feeRuleFromJson(item.json());
            if (!rule) {
                return item.wrong(rule.error().detail);
            }
            fees[procedure].push_back(std::move(*rule));
        }
    }
    return fees;
}

Result<void> CatalogueLoader::addProcedure(Procedure procedure, const Source& source)
{
    for (const CatalogueEntry& other : m_data->entries) {
        if (other.procedure.code == procedure.code && overlap(other.procedure, procedure)) {
            return source.wrong("two rows for " + procedure.code + " on the same day");
        }
    }
    // At both ends of its days, as far as they are known.
    for (const Day day :
         {procedure.effectiveFrom.value_or(kEndOfTime), procedure.effectiveTo.value_or(kEndOfTime)}) {
        const bool found = std::any_of(m_data->forms.begin(), m_data->forms.end(), [&](const Form& form) {
            return form.id == procedure.form && covers(form, day);
        });
        if (!found && !procedure.repealed) {
            return source.wrong("no form \"" + procedure.form + "\" on " + toIsoDay(day));
        }
    }
    CatalogueEntry entry;
    entry.nameWords = foldedWords(procedure.name);
    for (const std::string& alias : procedure.aliases) {
        entry.aliasWords.push_back(foldedWords(alias));
    }
    entry.procedure = std::move(procedure);
    m_data->entries.push_back(std::move(entry));
    return {};
}

Result<void> CatalogueLoader::readProcedures()
{
    const Fees fees = TRY(readFees());
    std::map<std::string, std::string> notes;
    for (const CatalogueFile& file : TRY(m_data->files.all("", "procedures"))) {
        remember(file.name, file.bytes);
        const Source root(file.json, file.name);
        TRY(root.onlyMembers({"version", "notes", "procedures", "repealed"}));
        if (m_statedVersion.empty()) {
            m_statedVersion = TRY(root.textOr("version", {}));
        }
        if (root.has("notes")) {
            const Source texts = TRY(root.member("notes"));
            for (const auto& item : texts.json().items()) {
                notes[item.key()] = TRY(texts.text(item.key()));
            }
        }
        for (const Source& item : TRY(root.items("procedures"))) {
            for (Procedure& procedure : TRY(proceduresFromJson(item, notes))) {
                const auto own = fees.find(procedure.code);
                procedure.fees = own == fees.end() ? std::vector<FeeRule>{} : own->second;
                TRY(addProcedure(std::move(procedure), item));
            }
        }
        for (const Source& item : TRY(root.items("repealed"))) {
            TRY(addProcedure(TRY(repealedFromJson(item, notes)), item));
        }
    }
    return checkReferences(fees);
}

Result<void> CatalogueLoader::checkReferences(const Fees& fees) const
{
    const auto isKnown = [&](const std::string& code) {
        return std::any_of(m_data->entries.begin(), m_data->entries.end(),
                           [&](const CatalogueEntry& entry) { return entry.procedure.code == code; });
    };
    for (const auto& [code, rules] : fees) {
        if (!isKnown(code)) {
            return fail(ErrorKind::Invalid, "fees: no procedure " + code);
        }
    }
    for (const CatalogueEntry& entry : m_data->entries) {
        for (const std::string& code : entry.procedure.replacedBy) {
            if (!isKnown(code)) {
                return fail(ErrorKind::Invalid,
                            "procedures: " + entry.procedure.code + " is replaced by unknown " + code);
            }
        }
    }
    return {};
}

Result<void> CatalogueLoader::readCalendar()
{
    const CatalogueFile holidays = TRY(m_data->files.one("holidays.json"));
    const CatalogueFile lunar = TRY(m_data->files.one("lunar.json"));
    remember(holidays.name, holidays.bytes);
    remember(lunar.name, lunar.bytes);
    m_data->calendar = TRY(Calendar::fromJson(holidays.json, lunar.json));
    return {};
}

Result<void> CatalogueLoader::readGroups()
{
    const CatalogueFile file = TRY(m_data->files.one("ethnic-groups.json"));
    remember(file.name, file.bytes);
    const Source root(file.json, file.name);
    TRY(root.onlyMembers({"groups"}));
    for (const Source& item : TRY(root.items("groups"))) {
        EthnicGroup group = TRY(groupFromJson(item));
        m_data->groupsByKey.emplace(ethnicKey(group.name), m_data->groups.size());
        for (const std::string& alias : group.aliases) {
            m_data->groupsByKey.emplace(ethnicKey(alias), m_data->groups.size());
        }
        m_data->groups.push_back(std::move(group));
    }
    return {};
}

Result<void> CatalogueLoader::readIdProvinces()
{
    const CatalogueFile file = TRY(m_data->files.one("id-province-codes.json"));
    remember(file.name, file.bytes);
    const Source root(file.json, file.name);
    TRY(root.onlyMembers({"codes"}));
    const Source codes = TRY(root.member("codes"));
    for (const auto& item : codes.json().items()) {
        m_data->idProvinces.emplace(item.key(), TRY(codes.text(item.key())));
    }
    return {};
}

} // namespace motcua
