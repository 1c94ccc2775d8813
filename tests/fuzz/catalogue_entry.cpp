// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "core/catalogue/catalogue.h"
#include "tests/fuzz/fuzz_targets.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <unistd.h>
#include <vector>

namespace motcua {

namespace {

namespace fs = std::filesystem;

/// A catalogue's folder in memory whose files are those that were delivered, but for one.
class Folder
{
public:
    Folder() : m_root(fs::path("/dev/shm") / ("motcua-fuzz-" + std::to_string(::getpid())))
    {
        fs::remove_all(m_slim);
        fs::copy(kDelivered, m_slim, fs::copy_options::recursive);
        makeSmall();
        fs::remove_all(m_root);
        fs::copy(m_slim, m_root, fs::copy_options::recursive);
        for (const auto& each : fs::recursive_directory_iterator(m_root)) {
            if (each.path().extension() == ".json" && each.file_size() < kLargestFile) {
                m_files.push_back(fs::relative(each.path(), m_root));
            }
        }
        std::sort(m_files.begin(), m_files.end());
    }
    ~Folder()
    {
        fs::remove_all(m_root);
        fs::remove_all(m_slim);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(std::size_t which, std::string_view bytes)
    {
        m_changed = m_files[which % m_files.size()];
        std::ofstream(m_root / m_changed, std::ios::binary) << bytes;
    }
    void mend()
    {
        fs::copy_file(m_slim / m_changed, m_root / m_changed, fs::copy_options::overwrite_existing);
    }
    [[nodiscard]] std::string path() const { return m_root.string(); }

private:
    /// Each input loads the whole folder: of what is long and alike a part is as good.
    void makeSmall() const
    {
        const auto rewrite = [this](const char* name, const std::function<void(Json&)>& change) {
            std::ifstream in(m_slim / name, std::ios::binary);
            Json json = Json::parse(in);
            in.close();
            change(json);
            std::ofstream(m_slim / name, std::ios::binary) << json.dump();
        };
        rewrite("lunar.json", [](Json& json) {
            Json years = Json::object();
            for (const char* year : {"2025", "2026", "2027", "2028"}) {
                years[year] = json.at("years").at(year);
            }
            json["years"] = std::move(years);
        });
        std::set<std::string> kept;
        rewrite("procedures.json", [&kept](Json& json) {
            Json& all = json.at("procedures");
            all.erase(all.begin() + kProcedures, all.end());
            json["repealed"] = Json::array();
            for (const Json& procedure : all) {
                kept.insert(procedure.at("code").get<std::string>());
            }
        });
        rewrite("fees.json", [&kept](Json& json) {
            Json& all = json.at("fees");
            all.erase(std::remove_if(all.begin(), all.end(),
                                     [&kept](const Json& fee) {
                                         return !kept.contains(fee.at("procedure").get<std::string>());
                                     }),
                      all.end());
        });
        const auto small = Catalogue::load(m_slim.string());
        require(small.has_value(), small ? "" : small.error().detail.c_str());
    }

    static constexpr int kProcedures = 12;
    static constexpr std::uintmax_t kLargestFile = 1'000'000;
    inline static const fs::path kDelivered = fs::path(MOTCUA_SOURCE_DIR) / "resources/catalogue";
    fs::path m_root;
    fs::path m_slim{m_root.string() + "-small"}; ///< what the folder is made of again after each input
    fs::path m_changed;
    std::vector<fs::path> m_files;
};

} // namespace

int consumeCatalogue(const std::uint8_t* bytes, std::size_t size)
{
    static Folder folder;
    if (size == 0) {
        return 0;
    }
    folder.write(bytes[0], {reinterpret_cast<const char*>(bytes) + 1, size - 1});
    if (const auto catalogue = Catalogue::load(folder.path())) {
        const Day day{std::chrono::year{2026} / 11 / 21};
        for (const auto* procedure : catalogue->procedures(day)) {
            static_cast<void>(catalogue->form(*procedure, day));
            static_cast<void>(catalogue->fieldRules(procedure->code, day));
        }
        static_cast<void>(catalogue->search("khai sinh", day));
    } else {
        require(!catalogue.error().detail.empty(), "a wrong catalogue says what is wrong");
    }
    folder.mend();
    return 0;
}

} // namespace motcua
