#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzes every target, or those that are named, for so many minutes each, with the sanitizers.
# Usage: tests/fuzz/run.sh [--minutes M] [TARGET...]
# New inputs stay in build/fuzz/corpus; a crash leaves its input in build/fuzz/crashes and makes the status 1.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=1
if [ "${1:-}" = --minutes ]; then
    minutes=$2
    shift 2
fi
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(answer bundle catalogue journal ledger operations page receipt)
[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target "${targets[@]/#/fuzz-}" >/dev/null
mkdir -p build/fuzz/crashes
crashes=0
for target in "${targets[@]}"; do
    found=build/fuzz/corpus/$target
    mkdir -p "$found"
    log=build/fuzz/$target.log
    # detect_leaks: what lives as long as the program is no leak of an input.
    if ASAN_OPTIONS=detect_stack_use_after_return=1:detect_leaks=1 "build/fuzz/bin/fuzz-$target" "$found" "tests/fuzz/corpus/$target" \
        -max_total_time=$((minutes * 60)) -max_len=65536 -timeout=25 -rss_limit_mb=2500 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/crashes/$target-" >"$log" 2>&1; then
        verdict='no crash'
    else
        verdict='CRASH, see build/fuzz/crashes and the log beside it'
        crashes=$((crashes + 1))
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    edges=$(grep -o 'cov: [0-9]*' "$log" | tail -1)
    echo "$target: ${runs:-0} inputs in $minutes min, ${edges:-cov: 0} edges, $verdict"
done
echo "targets ${#targets[@]} crashes $crashes"
[ "$crashes" = 0 ]
