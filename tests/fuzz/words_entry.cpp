// SPDX-License-Identifier: GPL-3.0-or-later
// What comes over the wire: answers, receipts, operations.
#include "core/base/check.h"
#include "core/base/hash.h"
#include "sync/engine/classify.h"
#include "sync/engine/judge.h"
#include "sync/protocol/devices.h"
#include "sync/protocol/gzip.h"
#include "sync/protocol/operation.h"
#include "sync/protocol/problem_details.h"
#include "sync/protocol/receipt.h"
#include "tests/fuzz/fuzz_targets.h"

#include <array>
#include <string>
#include <vector>

namespace motcua {

namespace {

constexpr std::string_view kOp = "11111111111111111111111111111111-1-7";

std::string_view textOf(const std::uint8_t* bytes, std::size_t size)
{
    return {reinterpret_cast<const char*>(bytes), size};
}

const JwsSigner& signer()
{
    static const auto made = JwsSigner::fromSeed("k1", Secret(std::string(32, 's')));
    require(made.has_value(), "a key is made of 32 bytes");
    return *made;
}

std::span<const PortalKey> keys()
{
    static const std::array all{signer().publicKey()};
    return all;
}

std::string digest()
{
    return toHex(sha256("one line"));
}

std::vector<Outgoing> batch()
{
    Outgoing out;
    out.position = Position::of(1, 7);
    out.op = std::string(kOp);
    out.digest = sha256("one line");
    return {std::move(out)};
}

/// What was read and written again reads the same.
template<class T, class Read> void readsAgain(const Result<T>& read, const Read& again)
{
    if (read) {
        const auto second = again(toJson(*read));
        require(second.has_value() && dumpJson(toJson(*second)) == dumpJson(toJson(*read)),
                "what was understood is written and read again without loss");
    }
}

void readAnswers(const Json& json)
{
    const auto results = resultsFromJson(json);
    if (results) {
        // Nobody who fuzzes holds the key: nothing may be proven by this.
        for (const auto& judged : judge(batch(), *results, keys()).operations) {
            require(!judged.stored.receipt, "nothing is proven without a signature");
        }
    }
    readsAgain(results, resultsFromJson);
    readsAgain(opStatusFromJson(json), opStatusFromJson);
    readsAgain(helloFromJson(json), helloFromJson);
    readsAgain(enrolmentFromJson(json), enrolmentFromJson);
    static_cast<void>(problemFromJson(json));
    static_cast<void>(portalKeyFromJson(json));
}

} // namespace

int consumeAnswer(const std::uint8_t* bytes, std::size_t size)
{
    const auto text = textOf(bytes, size);
    constexpr std::array kStatuses{200, 204, 302, 401, 403, 409, 413, 422, 426, 429, 500, 503};
    constexpr std::array kTypes{"application/json", "application/problem+json", "text/html"};
    for (const int status : kStatuses) {
        for (const char* type : kTypes) {
            const Reply reply{Failure::None,
                              status,
                              {{"Content-Type", type}, {"Retry-After", std::string(text.substr(0, 40))}},
                              std::string(text),
                              {}};
            static_cast<void>(classify(reply, fromMillis(1'795'222'923'000)));
        }
    }
    if (const auto json = parseJson(text)) {
        readAnswers(*json);
    }
    return 0;
}

int consumeReceipt(const std::uint8_t* bytes, std::size_t size)
{
    const auto text = textOf(bytes, size);
    const ReceiptExpectation expected{OpId(std::string(kOp)), digest(), Outcome::Applied, "e1"};
    const bool looksSigned = text.find('.') != std::string_view::npos;
    const auto bare = verifyReceipt(text, keys(), expected);
    require(!bare || looksSigned, "a receipt is signed");
    // Behind a good signature everything may stand that a portal gone wrong can say.
    const auto proven = verifyReceipt(signer().sign(std::string(text)), keys(), expected);
    require(!proven || (proven->op.text() == kOp && proven->digest == digest() && proven->epoch == "e1" &&
                        proven->result == Outcome::Applied),
            "a receipt proves what it says and nothing else");
    if (const auto json = parseJson(text)) {
        readsAgain(receiptFromJson(*json), receiptFromJson);
    }
    return 0;
}

int consumeOperations(const std::uint8_t* bytes, std::size_t size)
{
    constexpr std::size_t kUnpackedMost = std::size_t{1} << 20;
    const auto text = textOf(bytes, size);
    if (const auto unpacked = gunzip(text, kUnpackedMost)) {
        require(unpacked->size() <= kUnpackedMost, "a bomb is not unpacked");
    }
    std::size_t begin = 0;
    for (auto end = text.find('\n'); begin < text.size(); end = text.find('\n', begin)) {
        static_cast<void>(
            parseOperation(text.substr(begin, end == std::string_view::npos ? end : end - begin)));
        if (end == std::string_view::npos) {
            break;
        }
        begin = end + 1;
    }
    if (const auto json = parseJson(text)) {
        static_cast<void>(statusRequestFromJson(*json));
        static_cast<void>(enrolRequestFromJson(*json));
        static_cast<void>(helloRequestFromJson(*json));
    }
    return 0;
}

} // namespace motcua
