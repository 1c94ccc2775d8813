// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include <set>
#include <vector>

namespace motcua {

namespace {

/// Refuses while reading what the finished tree can no longer show: repeated members and depth.
class StrictReader final : public nlohmann::detail::json_sax_dom_parser<Json>
{
public:
    using Base = nlohmann::detail::json_sax_dom_parser<Json>;
    StrictReader(Json& result, int depthMax) : Base(result, false), m_depthMax(depthMax) {}

    bool start_object(std::size_t size)
    {
        m_members.emplace_back();
        return static_cast<int>(m_members.size()) <= m_depthMax && Base::start_object(size);
    }
    bool end_object()
    {
        m_members.pop_back();
        return Base::end_object();
    }
    bool start_array(std::size_t size)
    {
        m_members.emplace_back();
        return static_cast<int>(m_members.size()) <= m_depthMax && Base::start_array(size);
    }
    bool end_array()
    {
        m_members.pop_back();
        return Base::end_array();
    }
    bool key(std::string& name)
    {
        auto& seen = m_members.back();
        for (const std::string& other : seen) {
            if (other == name) {
                return false;
            }
        }
        // A set would be quicker beyond a few hundred members; such an object is refused by its size first.
        if (seen.size() > kMembersMax) {
            return false;
        }
        seen.push_back(name);
        return Base::key(name);
    }
    /// A number that does not fit 64 bits comes as a float; integers must stay exact.
    bool number_float(double value, const std::string& text)
    {
        return text.find_first_of(".eE") != std::string::npos && Base::number_float(value, text);
    }

private:
    static constexpr std::size_t kMembersMax = 2000;
    int m_depthMax;
    std::vector<std::vector<std::string>> m_members;
};

} // namespace

Result<Json> parseJson(std::string_view text, JsonLimits limits)
{
    if (text.size() > limits.bytes) {
        return fail(ErrorKind::Invalid, "JSON is larger than " + std::to_string(limits.bytes) + " bytes");
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        return fail(ErrorKind::Invalid, "JSON begins with a byte order mark");
    }
    Json value;
    StrictReader reader(value, limits.depth);
    if (!Json::sax_parse(text, &reader) || reader.is_errored()) {
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
