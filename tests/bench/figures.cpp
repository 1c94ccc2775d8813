// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/figures.h"

#include "core/base/check.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace motcua::bench {

double now()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double percentile(std::vector<double> values, double p)
{
    if (values.empty()) {
        return 0;
    }
    std::ranges::sort(values);
    const auto at = static_cast<std::size_t>(p * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

std::string member(const char* name, double value)
{
    char text[96];
    std::snprintf(text, sizeof text, "\"%s\":%.10g", name, value);
    return text;
}

void print(const std::string& w, const std::string& variant, const std::vector<std::string>& members)
{
    std::string line = R"({"w":")" + w + R"(","peer":"product","variant":")" + variant + "\"";
    for (const std::string& text : members) {
        line += "," + text;
    }
    std::puts((line + "}").c_str());
    std::fflush(stdout);
}

double residentMiB()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stod(line.substr(6)) / 1024;
        }
    }
    return 0;
}

FlushProbe::FlushProbe(const std::string& folder)
    : m_path(folder + "/probe.bin"), m_descriptor(::open(m_path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600))
{
    const std::string blocks(std::size_t{256} * 4096, 'x');
    require(::pwrite(m_descriptor, blocks.data(), blocks.size(), 0) == static_cast<ssize_t>(blocks.size()) &&
                ::fsync(m_descriptor) == 0,
            "the probe's file is written");
}

FlushProbe::~FlushProbe()
{
    ::close(m_descriptor);
    ::unlink(m_path.c_str());
}

void FlushProbe::tick()
{
    if (++m_count % 20 != 0) {
        return;
    }
    const double begun = now();
    const std::string block(4096, static_cast<char>('a' + m_count % 26));
    for (int i = 0; i < 20; ++i) {
        const double each = now();
        const off_t at = off_t{4096} * ((m_count + i) % 256);
        require(::pwrite(m_descriptor, block.data(), block.size(), at) == static_cast<ssize_t>(block.size()),
                "the probe writes");
        ::fdatasync(m_descriptor);
        m_micros.push_back((now() - each) * 1e6);
    }
    m_spent += now() - begun;
}

} // namespace motcua::bench
