// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include <optional>
#include <simdjson.h>

namespace motcua {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMembersMax = 2000;

bool copy(Json& into, const dom::element& from, int depthLeft);

/// As nlohmann reads them: what has no sign is unsigned.
Json integer(std::int64_t value)
{
    return value < 0 ? Json(value) : Json(static_cast<std::uint64_t>(value));
}

/// Members mostly come sorted, as we write them ourselves, and then each goes to the end.
bool copyObject(Json& into, const dom::object& from, int depthLeft)
{
    into = Json::object();
    auto& members = into.get_ref<Json::object_t&>();
    for (const auto field : from) {
        const std::size_t before = members.size();
        const auto member = members.try_emplace(members.end(), std::string(field.key));
        const bool isRepeated = members.size() == before;
        if (isRepeated || before >= kMembersMax || !copy(member->second, field.value, depthLeft)) {
            return false;
        }
    }
    return true;
}

bool copyArray(Json& into, const dom::array& from, int depthLeft)
{
    into = Json::array();
    auto& elements = into.get_ref<Json::array_t&>();
    elements.reserve(from.size());
    for (const auto each : from) {
        if (!copy(elements.emplace_back(), each, depthLeft)) {
            return false;
        }
    }
    return true;
}

/// False where the tree breaks a bound that the reader does not know: repeated members, their number, depth.
bool copy(Json& into, const dom::element& from, int depthLeft)
{
    switch (from.type()) {
    case dom::element_type::OBJECT:
        return depthLeft > 0 && copyObject(into, dom::object(from), depthLeft - 1);
    case dom::element_type::ARRAY:
        return depthLeft > 0 && copyArray(into, dom::array(from), depthLeft - 1);
    case dom::element_type::STRING:
        into = std::string(std::string_view(from));
        return true;
    case dom::element_type::INT64:
        into = integer(std::int64_t{from});
        return true;
    case dom::element_type::UINT64:
        into = std::uint64_t{from};
        return true;
    case dom::element_type::DOUBLE:
        into = double{from};
        return true;
    case dom::element_type::BOOL:
        into = bool{from};
        return true;
    case dom::element_type::NULL_VALUE:
        return true;
    }
    return false;
}

/// The UTF-16 unit that the escape at `at` stands for; nothing where it is another escape.
std::optional<unsigned> escapedUnit(std::string_view text, std::size_t at)
{
    if (text.substr(at, 2) != "\\u" || at + 6 > text.size()) {
        return std::nullopt;
    }
    unsigned unit = 0;
    for (const char c : text.substr(at + 2, 4)) {
        const auto digit = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
        unit = unit * 16 + static_cast<unsigned>(digit & 0xf); // what is no digit the reader refuses
    }
    return unit;
}

/// Half a character, which UTF-8 cannot hold. The reader of this version would let it pass as a wrong one.
bool hasLoneSurrogate(std::string_view text)
{
    for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
        const auto unit = escapedUnit(text, at);
        at += unit ? 6 : 2;
        if (!unit || *unit < 0xd800 || *unit > 0xdfff) {
            continue;
        }
        const auto second = *unit < 0xdc00 ? escapedUnit(text, at) : std::nullopt;
        if (!second || *second < 0xdc00 || *second > 0xdfff) {
            return true;
        }
        at += 6;
    }
    return false;
}

} // namespace

Result<Json> parseJson(std::string_view text, JsonLimits limits)
{
    if (text.size() > limits.bytes) {
        return fail(ErrorKind::Invalid, "JSON is larger than " + std::to_string(limits.bytes) + " bytes");
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        return fail(ErrorKind::Invalid, "JSON begins with a byte order mark");
    }
    if (text.empty()) { // the reader may not be given a null pointer
        return fail(ErrorKind::Invalid, "no JSON at all");
    }
    dom::parser parser;
    dom::element root;
    Json value;
    // Integers beyond 64 bits, numbers beyond a double and bytes that are no UTF-8 are errors of the reader.
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS ||
        !copy(value, root, limits.depth) || hasLoneSurrogate(text)) {
        return fail(ErrorKind::Invalid,
                    "not acceptable JSON (syntax, UTF-8, repeated member, depth or number)");
    }
    return value;
}

std::string dumpJson(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json& at(const Json& object, std::string_view member)
{
    static const Json kNull;
    if (!object.is_object()) {
        return kNull;
    }
    const auto found = object.find(member);
    return found == object.end() ? kNull : *found;
}

std::string stringAt(const Json& object, std::string_view member, std::string_view otherwise)
{
    const Json& value = at(object, member);
    return value.is_string() ? value.get_ref<const std::string&>() : std::string(otherwise);
}

} // namespace motcua
