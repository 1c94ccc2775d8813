// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "core/catalogue/catalogue.h"
#include "tests/fuzz/fuzz_targets.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
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
        fs::remove_all(m_root);
        fs::copy(kDelivered, m_root, fs::copy_options::recursive);
        for (const auto& each : fs::recursive_directory_iterator(m_root)) {
            if (each.path().extension() == ".json" && each.file_size() < kLargestFile) {
                m_files.push_back(fs::relative(each.path(), m_root));
            }
        }
        std::sort(m_files.begin(), m_files.end());
    }
    ~Folder() { fs::remove_all(m_root); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(std::size_t which, std::string_view bytes)
    {
        m_changed = m_files[which % m_files.size()];
        std::ofstream(m_root / m_changed, std::ios::binary) << bytes;
    }
    void mend()
    {
        fs::copy_file(kDelivered / m_changed, m_root / m_changed, fs::copy_options::overwrite_existing);
    }
    [[nodiscard]] std::string path() const { return m_root.string(); }

private:
    static constexpr std::uintmax_t kLargestFile = 1'000'000;
    inline static const fs::path kDelivered = fs::path(MOTCUA_SOURCE_DIR) / "resources/catalogue";
    fs::path m_root;
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
