// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "sync/protocol/answers.h"
#include "sync/protocol/devices.h"
#include "sync/reference_portal/blob_store.h"
#include "sync/reference_portal/dossier_store.h"
#include "sync/reference_portal/judge.h"
#include "sync/reference_portal/key_store.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace motcua::portal {

/// What a route answers: the value, or the problem of the contract to answer with.
template<class T> using Reply = tl::expected<T, ProblemDetails>;

struct ChangesQuery
{
    std::optional<std::string> cursor;
    std::int64_t limit = kPageChangesDefault;
};

/// A page of changes, ready to be sent.
struct PageText
{
    std::string json;
    bool isEmpty = true;
};

struct DossierText
{
    Rev rev;
    std::string json;
};

/// The catalogue as a unit is given it.
struct CatalogueAnswer
{
    std::string etag;               ///< with its quotes; changes with the content, its moment and the key
    std::optional<std::string> jws; ///< none: the asker has this one
};

/// Where a portal keeps what it knows.
struct Stores
{
    std::unique_ptr<KeyStore> keys;
    std::unique_ptr<DossierStore> dossiers;
    std::unique_ptr<BlobStore> blobs;
};

/// The portal behind the HTTP routes: enrolment, hello, operations, status, changes, dossiers. Knows neither
/// sockets nor SQL. One thread at a time; any number of portals may stand before one store. An error (not a
/// problem) of any function means that nothing was done, except that after a failed commit nobody can say;
/// HTTP answers 5xx.
class Portal
{
public:
    Portal(Stores stores, const Clock& clock) : m_stores(std::move(stores)), m_clock(&clock) {}
    /// Over the embedded store in a folder, made when missing. `clock` and `random` must outlive the portal.
    /// `blobs`: where files are kept; in the folder when none is given.
    [[nodiscard]] static Result<Portal> open(const std::string& folder, const Clock& clock, Random& random,
                                             std::unique_ptr<BlobStore> blobs = {});
    /// Over PostgreSQL, its tables made when missing; `url` is postgresql://…
    [[nodiscard]] static Result<Portal> connect(const std::string& url, const Clock& clock, Random& random);

    [[nodiscard]] Result<std::optional<Device>> authenticate(std::string_view token);
    /// Whether the city still accepts this version of the counter's program.
    [[nodiscard]] Result<bool> acceptsApp(std::string_view app);

    [[nodiscard]] Result<Reply<Enrolment>> enrol(const EnrolRequest& request);
    [[nodiscard]] Result<Reply<Hello>> hello(const Device& device, const HelloRequest& request);
    /// `body` is unpacked; each line is judged by itself, in order, all in one transaction. TooLarge also
    /// when there would be more to answer than a counter takes: then nothing was judged, and one sends half.
    [[nodiscard]] Result<Reply<Results>> push(const Device& device, std::string_view body);
    [[nodiscard]] Result<OpStatus> status(const Device& device, const OpId& op);
    /// TooLarge as with push().
    [[nodiscard]] Result<Reply<Results>> statuses(const Device& device, const std::vector<OpId>& ops);
    [[nodiscard]] Result<Reply<PageText>> changes(const Device& device, const ChangesQuery& query);
    [[nodiscard]] Result<Reply<DossierText>> dossier(const Device& device, const std::string& uid);
    /// Signed by the key of now. `ifNoneMatch`: the header as it came, empty when there was none.
    [[nodiscard]] Result<Reply<CatalogueAnswer>> catalogue(const Device& device,
                                                           std::string_view ifNoneMatch);
    /// The size named for a file that this unit knows; nothing when it does not.
    [[nodiscard]] Result<std::optional<std::int64_t>> blobSize(const Device& device,
                                                               const std::string& sha256);

    [[nodiscard]] KeyStore& keys() { return *m_stores.keys; }
    [[nodiscard]] DossierStore& dossiers() { return *m_stores.dossiers; }
    [[nodiscard]] BlobStore& blobs() { return *m_stores.blobs; }

    /// See Bench::postpone; for tests and demonstrations.
    std::function<std::optional<std::int64_t>()> postpone;

private:
    [[nodiscard]] Result<Bench> bench(const Device& device, const JwsSigner& signer);
    [[nodiscard]] Result<Reply<Results>> judgeAll(const Device& device,
                                                  const std::vector<OperationLine>& lines,
                                                  const std::vector<std::string_view>& texts);
    [[nodiscard]] Result<Reply<Results>> judgeOnce(const Device& device,
                                                   const std::vector<OperationLine>& lines,
                                                   const std::vector<std::string_view>& texts);
    [[nodiscard]] Result<Reply<Results>> statusesWith(const Device& device, const std::vector<OpId>& ops,
                                                      DossierStore::Intent intent);
    [[nodiscard]] Result<std::string> cursorText(const Device& device, char mode, std::int64_t at,
                                                 std::int64_t end);
    [[nodiscard]] Result<std::string> cursorMac(const std::string& unit, std::string_view text);

    struct Cursor
    {
        bool isListing = false;
        std::int64_t at = 0;  ///< the last seq given
        std::int64_t end = 0; ///< while listing: the seq at which the listing began
    };
    [[nodiscard]] Result<Reply<Cursor>> readCursor(const Device& device, const std::string& text);
    [[nodiscard]] Result<std::string> cursorAfter(const Device& device, const Cursor& cursor,
                                                  const DossierStore::Rows& page);

    Stores m_stores;
    const Clock* m_clock;
};

} // namespace motcua::portal
