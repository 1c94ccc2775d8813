// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/city_catalogue.h"

#include "app/common/places.h"
#include "core/desk/portal_desk.h"
#include "sync/engine/judge.h"
#include "sync/protocol/catalogue_letter.h"

#include <array>

namespace motcua {

namespace {

Result<std::string> catalogueFolder()
{
    return (TRY(resourcesPlace()) / "catalogue").string();
}

Result<Catalogue> loadAll(const CataloguePublication& publication)
{
    Catalogue catalogue = TRY(Catalogue::load(TRY(catalogueFolder()), publication));
    TRY(catalogue.loadUnits());
    return catalogue;
}

/// What is held, proven again with the keys of the portal that the register is bound to now.
Result<Catalogue> loadHeld(Connection& connection, CatalogueDesk& desk, const RegisterIdentity& identity,
                           const Clock& clock)
{
    const std::string jws = TRY(desk.letter());
    const auto binding = TRY(PortalDesk(connection, identity, {}, clock, {}).binding());
    const auto keys = binding ? keysOf(binding->keys) : std::vector<PortalKey>();
    CatalogueLetter letter = TRY(verifyCatalogue(jws, keys, identity.unit, std::nullopt));
    const CataloguePublication publication{std::move(letter.version), std::move(letter.content)};
    return Catalogue::load(TRY(catalogueFolder()), publication);
}

struct ReasonWords
{
    std::string_view reason;
    const char* words;
};
constexpr std::array kReasons{
    ReasonWords{"signature", "chữ ký không phải của cổng"},
    ReasonWords{"invalid", "không đọc được, hoặc là của đơn vị khác"},
    ReasonWords{"older", "cũ hơn bản quầy đang giữ"},
    ReasonWords{"unusable", "có chỗ chương trình không dùng được"},
    ReasonWords{"too-large", "lớn quá mức cho phép"},
};

std::string reasonWords(const std::string& reason)
{
    for (const ReasonWords& known : kReasons) {
        if (known.reason == reason) {
            return known.words;
        }
    }
    return "không dùng được";
}

constexpr const char* kTellCity = "Báo quản trị thành phố kèm câu này.";

} // namespace

Result<std::shared_ptr<const Catalogue>> loadInstalledCatalogue()
{
    return std::make_shared<const Catalogue>(TRY(Catalogue::load(TRY(catalogueFolder()))));
}

Result<CatalogueInForce> loadCatalogue(Connection& connection, const RegisterIdentity& identity,
                                       const Clock& clock)
{
    CatalogueDesk desk(connection, identity, clock);
    const auto held = TRY(desk.held());
    CatalogueInForce inForce;
    if (held) {
        auto loaded = loadHeld(connection, desk, identity, clock);
        if (loaded) {
            inForce.catalogue = std::make_shared<const Catalogue>(std::move(*loaded));
            inForce.since = held->takenAt;
            return inForce;
        }
        inForce.unusable = loaded.error().detail;
    }
    inForce.catalogue = TRY(loadInstalledCatalogue());
    return inForce;
}

CatalogueDesk catalogueDesk(Connection& connection, const RegisterIdentity& identity, const Clock& clock)
{
    return {connection, identity, clock, [](const CataloguePublication& publication) -> Result<void> {
                TRY(loadAll(publication));
                return {};
            }};
}

std::string catalogueWords(const CatalogueInForce& inForce)
{
    const std::string version = "bản " + inForce.catalogue->version();
    return inForce.since ? "Danh mục của thành phố, " + version + ", quầy này nhận lúc " +
                               toDisplayTime(*inForce.since) + "."
                         : "Danh mục cài kèm chương trình, " + version + ".";
}

ErrorText takenWords(const HeldCatalogue& held)
{
    return {"Thành phố đã gửi danh mục mới, bản " + held.version + ".",
            "Hồ sơ đã nhận giữ nguyên thời hạn và lệ phí lúc nhận.",
            "Danh mục mới được dùng từ lần mở chương trình sau."};
}

ErrorText refusedWords(const RefusedCatalogue& refused)
{
    const std::string which = refused.version.empty() ? "" : " (bản " + refused.version + ")";
    const std::string where = refused.detail.empty() ? "" : ": " + refused.detail;
    return {"Danh mục mới của thành phố" + which + " không nhận được vì " + reasonWords(refused.reason) +
                where + ".",
            "Quầy vẫn làm theo danh mục đang có.", kTellCity};
}

ErrorText unusableWords(const CatalogueInForce& inForce)
{
    return {"Danh mục của thành phố không dùng được với chương trình này: " + inForce.unusable + ".",
            "Quầy đang làm theo danh mục cài kèm chương trình, bản " + inForce.catalogue->version() + ".",
            kTellCity};
}

} // namespace motcua
