// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/practice.h"

#include "app/common/portal_place.h"
#include "app/common/sample_work.h"
#include "app/widgets/display_text.h"
#include "sync/transport/enrol_device.h"

namespace motcua {

namespace {

constexpr std::int64_t kSamples = 60;
constexpr std::uint64_t kSeed =
    20261121; ///< the same made-up people each time, so that lessons can name them

} // namespace

Result<std::unique_ptr<Workplace>> makePracticeRegister(const std::filesystem::path& folder)
{
    NewRegister made;
    made.unit = "H26.131";
    made.unitName = "UBND xã Phúc Thọ";
    made.slot = 1;
    made.admin = kPracticeAccount;
    made.adminFullName = "Nguyễn Thị Lan";
    made.practice = true;
    made.quickKeys = true;
    SignIn admin;
    admin.account = kPracticeAccount;
    admin.password = Secret(kPracticePassword);
    auto place = TRY(Workplace::create(folder, made, std::move(admin)));
    if (auto filled = fillWithSamples(*place, {kSamples, kSeed, 21}); !filled) {
        return tl::unexpected(filled.error().error);
    }
    return place;
}

Result<void> enrolPracticeRegister(Workplace& place, const QString& url, const QString& code)
{
    const RegisterIdentity& identity = place.identity();
    const Enrolled enrolled = TRY(enrolDevice(toUtf8(url), {}, toUtf8(code), identity,
                                              "Quầy " + std::to_string(identity.slot), place.systemClock()));
    Connection connection = TRY(place.folder().connect());
    return portalDeskOf(place, connection, place.systemClock()).bind(enrolled.binding);
}

} // namespace motcua
