#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every call of motcua-bench once, on a handful of made-up records, so that the benchmark keeps working.
set -euo pipefail
bench=$1
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

for i in $(seq 1 60); do
    printf '{"id":"%08x-0000-4000-a000-%012x","code":"H26.25-261116-%04d","proc":"2.000815","field":"Chứng thực","name":"Nguyễn Văn Hà","pid":"077084%06d","dob":"1984-05-%02d","gender":"Nam","addr":"thôn Đoài, xã Tân Hưng","phone":"09%08d","received_at":"2026-10-%02dT08:15:00","due_at":"2026-10-%02dT16:30:00","returned_at":%s,"status":"Đang xử lý","fee":2000,"channel":"Trực tiếp","official":"Lê Văn Thái","form":{"purpose":"Vay vốn ngân hàng","history":[{"at":"2026-10-01T08:15:00","step":"Tiếp nhận","by":"Lê Văn Thái"}],"papers":[]}}\n' \
        "$i" "$i" "$i" "$i" $((i % 28 + 1)) "$i" $((i % 28 + 1)) $((i % 28 + 1)) \
        "$([ $((i % 2)) = 0 ] && echo '"2026-10-29T09:00:00"' || echo null)"
done >"$work/data.jsonl"
printf '{"k":"name","q":"nguyen van h","full":0}\n{"k":"pid","q":"0770840000","full":0}\n{"k":"code","q":"H26.25-261116-00","full":0}\n' >"$work/queries.jsonl"

"$bench" w1 "$work" "$work/data.jsonl" 30
"$bench" load "$work/big.db" "$work/data.jsonl"
"$bench" w2 "$work/big.db" "$work/queries.jsonl" | tee "$work/w2"
grep -q '"variant":"register.find: name".*"hits":50' "$work/w2"
"$bench" w3 "$work/big.db"
"$bench" w5 "$work/big.db" "$(cut -d' ' -f1 /proc/uptime)"

# Below the ports that the system gives away; the next one where somebody listens already.
for try in $(seq 0 9); do
    port=$((20000 + ($$ + try * 997) % 12000))
    "$bench" serve "$port" "$work/server.db" store >"$work/ready" &
    server=$!
    for _ in $(seq 1 100); do
        ! grep -q ready "$work/ready" || break 2
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    wait "$server" || true
done
"$bench" w4queue "$work/client.db" "$work/data.jsonl" 60
"$bench" w4queue "$work/away.db" "$work/data.jsonl" 60
mkdir "$work/stick"
"$bench" courier "$work/away.db" "$work/stick" | tee "$work/courier"
grep -q '"n":60' "$work/courier"
"$bench" w4push "$port" "$work/client.db" 20 stored 1 && exit 1 || [ $? = 9 ]
"$bench" w4push "$port" "$work/client.db" 20 "after a kill" 0 | tee "$work/push"
# The batch that was in doubt is asked about, and not sent again.
grep -q '"n":40,"fresh":40.*"waiting":0' "$work/push"
"$bench" w4pull "$port" "$work/second.db" 100 | tee "$work/pull"
grep -q '"n":60' "$work/pull"
echo "1 passed, 0 failed"
