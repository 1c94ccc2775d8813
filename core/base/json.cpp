// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include <vector>

namespace motcua {

namespace {

/// Builds the tree and refuses while reading what the finished tree could no longer show: repeated members,
/// depth, integers that were rounded.
class StrictReader final : public nlohmann::json_sax<Json>
{
public:
    StrictReader(Json& result, int depthMax) : m_result(result), m_depthMax(depthMax) {}

    bool null() override { return put(Json()); }
    bool boolean(bool value) override { return put(Json(value)); }
    bool number_integer(std::int64_t value) override { return put(Json(value)); }
    bool number_unsigned(std::uint64_t value) override { return put(Json(value)); }
    /// A number that does not fit 64 bits comes as a float; integers must stay exact.
    bool number_float(double value, const std::string& text) override
    {
        return text.find_first_of(".eE") != std::string::npos && put(Json(value));
    }
    bool string(std::string& value) override { return put(Json(std::move(value))); }
    bool binary(Json::binary_t& /*value*/) override { return false; }

    bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
    bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(std::string& name) override
    {
        auto& members = m_open.back()->get_ref<Json::object_t&>();
        const auto [member, isNew] = members.try_emplace(std::move(name));
        m_member = &member->second;
        return isNew && members.size() <= kMembersMax;
    }
    bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*why*/) override
    {
        return false;
    }

private:
    static constexpr std::size_t kMembersMax = 2000;

    bool put(Json&& value)
    {
        if (m_open.empty()) {
            m_result = std::move(value);
            m_member = &m_result;
        } else if (m_open.back()->is_array()) {
            m_open.back()->push_back(std::move(value));
            m_member = &m_open.back()->back();
        } else {
            *m_member = std::move(value);
        }
        return true;
    }
    bool open(Json&& empty)
    {
        put(std::move(empty));
        // Stays where it is: nothing is added to what holds it before it is closed.
        m_open.push_back(m_member);
        return static_cast<int>(m_open.size()) <= m_depthMax;
    }
    bool close()
    {
        m_open.pop_back();
        return true;
    }

    Json& m_result;
    Json* m_member = nullptr; ///< what was put or named last
    std::vector<Json*> m_open;
    int m_depthMax;
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
    if (!Json::sax_parse(text, &reader)) {
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
