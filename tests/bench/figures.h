// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace motcua::bench {

/// CLOCK_MONOTONIC in seconds, the same clock as the harness's.
[[nodiscard]] double now();

/// The p-th part of the sorted values; 0 for none.
[[nodiscard]] double percentile(std::vector<double> values, double p);

/// Prints one line of JSON: W, variant, and the members given as `"name":value` texts.
void print(const std::string& w, const std::string& variant, const std::vector<std::string>& members);
[[nodiscard]] std::string member(const char* name, double value);

/// Resident memory of this process in MiB.
[[nodiscard]] double residentMiB();

/// Bare flushes of a 4 KiB block beside the saves: the state that the disk is in.
class FlushProbe
{
public:
    explicit FlushProbe(const std::string& folder);
    FlushProbe(const FlushProbe&) = delete;
    FlushProbe& operator=(const FlushProbe&) = delete;
    ~FlushProbe();

    /// After each save; every twentieth time it flushes twenty blocks.
    void tick();
    [[nodiscard]] double spentSeconds() const { return m_spent; }
    [[nodiscard]] double median() const { return percentile(m_micros, 0.5); }

private:
    std::string m_path;
    int m_descriptor;
    int m_count = 0;
    double m_spent = 0;
    std::vector<double> m_micros;
};

} // namespace motcua::bench
