// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/key_slots.h"

#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/base/json.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr int kFormatVersion = 1;
constexpr std::size_t kSlotsMax = 200;
// A forged file must not make us derive for hours or take all memory.
constexpr std::uint64_t kPassesMax = 10;
constexpr std::uint64_t kMemoryMax = std::uint64_t{1} << 30;

unsigned char* bytes(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string randomBytes(std::size_t count)
{
    require(sodium_init() >= 0, "libsodium starts");
    std::string text(count, '\0');
    randombytes_buf(text.data(), text.size());
    return text;
}

Result<std::string> hexAt(const Json& slot, std::string_view member, std::size_t size)
{
    auto value = fromHex(stringAt(slot, member));
    if (!value || value->size() != size) {
        return fail(ErrorKind::Damaged, "key slot: " + std::string(member));
    }
    return *value;
}

} // namespace

Secret KeySlots::makeDataKey()
{
    return Secret(randomBytes(kKeyBytes));
}

std::string KeySlots::boundTo(const Slot& slot) const
{
    return m_install + "\n" + slot.account;
}

Result<Secret> KeySlots::derive(const Secret& password, const Slot& slot) const
{
    std::string key(kKeyBytes, '\0');
    if (crypto_pwhash(bytes(key), key.size(), password.bytes().data(), password.bytes().size(),
                      bytes(slot.salt), slot.passes, slot.memoryBytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(ErrorKind::Storage, "not enough memory to derive the key");
    }
    return Secret(std::move(key));
}

Result<void> KeySlots::put(const std::string& account, const Secret& password, const Secret& dataKey)
{
    require(dataKey.bytes().size() == kKeyBytes, "a data key has 32 bytes");
    if (!holds(account) && m_slots.size() >= kSlotsMax) {
        // A file with more of them is refused when it is read: then nobody could sign in any more.
        return fail(ErrorKind::Refused, "sổ đã có đủ " + std::to_string(kSlotsMax) +
                                            " tài khoản; hãy khóa tài khoản không còn dùng rồi thêm lại");
    }
    const bool quick = m_cost == KeyCost::Quick;
    Slot slot{account,
              randomBytes(crypto_pwhash_SALTBYTES),
              randomBytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES),
              {},
              quick ? crypto_pwhash_OPSLIMIT_MIN : std::uint64_t{3},
              quick ? crypto_pwhash_MEMLIMIT_MIN : std::uint64_t{64} << 20};
    const Secret wrapping = TRY(derive(password, slot));
    slot.box.resize(kKeyBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    const std::string bound = boundTo(slot);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(slot.box), nullptr, bytes(dataKey.bytes()), kKeyBytes,
                                               bytes(std::string_view(bound)), bound.size(), nullptr,
                                               bytes(slot.nonce), bytes(wrapping.bytes()));
    remove(account);
    m_slots.push_back(std::move(slot));
    return {};
}

void KeySlots::remove(const std::string& account)
{
    std::erase_if(m_slots, [&](const Slot& slot) { return slot.account == account; });
}

bool KeySlots::holds(const std::string& account) const
{
    return std::ranges::any_of(m_slots, [&](const Slot& slot) { return slot.account == account; });
}

Result<Secret> KeySlots::open(const std::string& account, const Secret& password) const
{
    const auto slot = std::ranges::find(m_slots, account, &Slot::account);
    if (slot == m_slots.end()) {
        return fail(ErrorKind::WrongKey, "no such account, or wrong password");
    }
    const Secret wrapping = TRY(derive(password, *slot));
    std::string key(kKeyBytes, '\0');
    const std::string bound = boundTo(*slot);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes(key), nullptr, nullptr, bytes(std::string_view(slot->box)), slot->box.size(),
            bytes(std::string_view(bound)), bound.size(), bytes(std::string_view(slot->nonce)),
            bytes(wrapping.bytes())) != 0) {
        return fail(ErrorKind::WrongKey, "no such account, or wrong password");
    }
    return Secret(std::move(key));
}

std::string KeySlots::toText() const
{
    Json slots = Json::array();
    for (const Slot& slot : m_slots) {
        slots.push_back({{"account", slot.account},
                         {"salt", toHex(slot.salt)},
                         {"nonce", toHex(slot.nonce)},
                         {"box", toHex(slot.box)},
                         {"passes", slot.passes},
                         {"memoryBytes", slot.memoryBytes}});
    }
    return dumpJson({{"format", "motcua-keys"},
                     {"version", kFormatVersion},
                     {"install", m_install},
                     {"quick", m_cost == KeyCost::Quick},
                     {"slots", slots}});
}

Result<KeySlots> KeySlots::fromText(std::string_view text)
{
    const auto parsed = parseJson(text);
    if (!parsed || stringAt(*parsed, "format") != "motcua-keys") {
        return fail(ErrorKind::Damaged, "the file of keys is not readable");
    }
    const Json& version = at(*parsed, "version");
    if (!version.is_number_integer() || version.get<std::int64_t>() > kFormatVersion) {
        return fail(ErrorKind::Newer, "the file of keys was written by a newer version");
    }
    const Json& slots = at(*parsed, "slots");
    if (!slots.is_array() || slots.size() > kSlotsMax) {
        return fail(ErrorKind::Damaged, "the file of keys has no slots");
    }
    KeySlots keys(stringAt(*parsed, "install"),
                  at(*parsed, "quick") == true ? KeyCost::Quick : KeyCost::Real);
    for (const Json& slot : slots) {
        const Json& passes = at(slot, "passes");
        const Json& memory = at(slot, "memoryBytes");
        if (!passes.is_number_unsigned() || !memory.is_number_unsigned() ||
            passes.get<std::uint64_t>() > kPassesMax || memory.get<std::uint64_t>() > kMemoryMax) {
            return fail(ErrorKind::Damaged, "key slot: cost");
        }
        keys.m_slots.push_back({
            stringAt(slot, "account"), TRY(hexAt(slot, "salt", crypto_pwhash_SALTBYTES))
            , TRY(hexAt(slot, "nonce", crypto_aead_xchacha20poly1305_ietf_NPUBBYTES))
            , TRY(hexAt(slot, "box", kKeyBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES))
            , passes.get<std::uint64_t>(), memory.get<std::uint64_t>()
        });
    }
    return keys;
}

} // namespace motcua
