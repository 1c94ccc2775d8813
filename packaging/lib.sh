# SPDX-License-Identifier: GPL-3.0-or-later
# What the commands of this folder share: talking, Debian packages, building. Sourced, never run.
# shellcheck shell=bash
set -euo pipefail

command_name=packaging/$(basename "$0")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\n==> %s\n' "$*"; }

# fail SENTENCE…: says in one sentence what is wrong and what to do, and ends.
fail()
{
    printf '\n%s: %s\n' "$command_name" "$*" >&2
    exit 1
}

# packages_of GROUP…: the names that packaging/packages lists in these groups.
packages_of()
{
    awk -v wanted=" $* " '
        { sub(/#.*/, ""); gsub(/[ \t]+/, "") }
        /^\[/ { name = substr($0, 2, length($0) - 2); in_group = index(wanted, " " name " "); next }
        in_group && $0 != ""' "$root/packaging/packages"
}

# missing_of PACKAGE…: those of them that are not installed.
missing_of()
{
    local installed
    installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^installed //p' | sort -u || true)
    comm -23 <(printf '%s\n' "$@" | sort -u) <(printf '%s\n' "$installed")
}

# as_root COMMAND…: runs it as root, by sudo where that is needed.
as_root()
{
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt()
{
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}

# install_packages GROUP…: installs what is missing of these groups, and asks apt only then.
# With MOTCUA_INSTALL=no nothing is installed: for machines that get their packages in another way.
install_packages()
{
    local wanted missing log
    [ "${MOTCUA_INSTALL:-yes}" != no ] || return 0
    command -v dpkg-query >/dev/null ||
        fail "this is no Debian system: install what packaging/packages lists, then set MOTCUA_INSTALL=no"
    mapfile -t wanted < <(packages_of "$@")
    if ! command -v npm >/dev/null && ! "$root/packaging/sqlite3mc" --have >/dev/null; then
        mapfile -t -O "${#wanted[@]}" wanted < <(packages_of npm)
    fi
    mapfile -t missing < <(missing_of "${wanted[@]}")
    [ "${#missing[@]}" != 0 ] || return 0

    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
        fail "packages are missing, and this is neither root nor is sudo here; as root: apt-get install --no-install-recommends ${missing[*]}"
    mkdir -p "$root/build"
    log=$root/build/packages.log
    if ! apt --simulate install --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
        apt update >>"$log" 2>&1 || { tail -n 15 "$log" >&2; fail "the package lists could not be read; the lines above are apt's ($log has all)"; }
    fi
    apt install --yes --no-install-recommends "${missing[@]}" >>"$log" 2>&1 ||
        { apt update && apt install --yes --no-install-recommends "${missing[@]}"; } >>"$log" 2>&1 ||
        { tail -n 15 "$log" >&2; fail "the packages could not be installed; the lines above are apt's ($log has all)"; }
}

# build PRESET [TARGET…]: configures and builds; without a target, everything of the preset.
build()
{
    local preset=$1 targets=()
    shift
    [ $# = 0 ] || targets=(--target "$@")
    # Paths below the tree are hashed relative to it, so that a second clone finds the first one's objects.
    export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
    say "Building (preset $preset, into build/$preset)"
    cd "$root"
    mkdir -p build
    cmake --preset "$preset" >"build/configure-$preset.log" 2>&1 ||
        { tail -n 30 "build/configure-$preset.log" >&2; fail "CMake could not configure the preset $preset; the lines above tell why"; }
    cmake --build --preset "$preset" --parallel "${MOTCUA_JOBS:-$(nproc)}" "${targets[@]}" ||
        fail "the build of the preset $preset failed; the first error above tells where"
}

# prepare_environment: what Qt wants and a bare machine lacks. `scratch` is a folder that goes when we end.
prepare_environment()
{
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/motcua.XXXXXX")
    if [ -z "${XDG_RUNTIME_DIR:-}" ] || [ ! -w "$XDG_RUNTIME_DIR" ]; then
        export XDG_RUNTIME_DIR=$scratch/runtime
        mkdir -m 700 "$XDG_RUNTIME_DIR"
    fi
    case "$(locale charmap 2>/dev/null)" in
        UTF-8) ;;
        *) unset LC_ALL; export LC_CTYPE=C.UTF-8 LANG=${LANG:-C.UTF-8} ;;
    esac
}
