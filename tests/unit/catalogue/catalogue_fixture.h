// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/catalogue.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace motcua::test {

inline std::string shippedCatalogue()
{
    return std::string(MOTCUA_SOURCE_DIR) + "/resources/catalogue";
}

inline Catalogue loadShipped()
{
    auto catalogue = Catalogue::load(shippedCatalogue());
    INFO((catalogue ? std::string() : catalogue.error().detail));
    REQUIRE(catalogue);
    return *catalogue;
}

inline Day day(int year, unsigned month, unsigned dayOfMonth)
{
    return Day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{dayOfMonth}};
}

/// A copy of the shipped catalogue that a test may edit; gone at its end.
class EditableCatalogue
{
public:
    EditableCatalogue()
    {
        static std::atomic<int> count{0};
        m_path = std::filesystem::temp_directory_path() /
                 ("motcua-catalogue-" + std::to_string(getpid()) + "-" + std::to_string(++count));
        std::filesystem::copy(shippedCatalogue(), m_path, std::filesystem::copy_options::recursive);
    }
    ~EditableCatalogue()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    EditableCatalogue(const EditableCatalogue&) = delete;
    EditableCatalogue& operator=(const EditableCatalogue&) = delete;

    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream(m_path / name) << text;
    }
    void remove(const std::string& name) const { std::filesystem::remove(m_path / name); }
    [[nodiscard]] std::string read(const std::string& name) const
    {
        std::ifstream stream(m_path / name);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    [[nodiscard]] std::string folder() const { return m_path.string(); }
    [[nodiscard]] std::string errorOfLoading() const
    {
        const auto catalogue = Catalogue::load(folder());
        return catalogue ? std::string("loads") : catalogue.error().detail;
    }

private:
    std::filesystem::path m_path;
};

} // namespace motcua::test
