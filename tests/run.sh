#!/bin/sh
# The test command: `sh tests/run.sh`. Needs Rust and a network or filled caches; brings the rest itself.
#
# Every check runs, whatever the ones before it found; the last lines say what failed and what could not be run.
# What it installs: tmux, openssh-server and systemd's programs from Debian's packages (only if missing), cargo-deny into
# target/tools, and the rustfmt and clippy components of the toolchain (only if missing).
set -u
cd "$(dirname "$0")/.." || exit 1

deny_version=0.20.2
failed=""
not_run=""
skip=""
began=$(date +%s)

say() { printf '\n=== %s\n' "$*"; }

# check NAME COMMAND..: runs the command and remembers whether it failed.
check() {
    name=$1
    shift
    say "$name"
    since=$(date +%s)
    if "$@"; then
        printf -- '--- %s: ok, %s s\n' "$name" "$(($(date +%s) - since))"
    else
        printf -- '--- %s: FAILED, %s s\n' "$name" "$(($(date +%s) - since))"
        failed="$failed [$name]"
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        echo "root is needed for: $*" >&2
        return 1
    fi
}

# have PROGRAM PACKAGE..: brings Debian's packages where the program is missing.
have() {
    program=$1
    shift
    PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null 2>&1 && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "$program is missing and there is no apt-get here: install $*, then run this again" >&2
        return 1
    fi
    as_root timeout 300 apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends "$@" ||
        { echo "$program could not be installed; do it by hand: apt-get install $*" >&2; return 1; }
}

# The tests start the desk inside tmux as well.
have_tmux() { have tmux tmux; }

# These make Unix users and start an sshd of their own on loopback.
have_sshd() {
    [ "$(id -u)" = 0 ] || { echo "the tests over SSH make Unix users: run this as root" >&2; return 1; }
    if [ -d /run/systemd/system ] && ! PATH="$PATH:/usr/sbin" command -v sshd >/dev/null 2>&1; then
        # Its package would start a server that listens on the network: that is for the machine's owner to decide.
        echo "sshd is missing: install openssh-server if you want these tests (sudo systemctl disable --now ssh keeps it off)" >&2
        return 1
    fi
    have sshd openssh-server && have ssh openssh-client && have useradd passwd && have pkill procps
}

# One that mounts a small file system to fill it up.
have_mount() { [ "$(id -u)" = 0 ] || { echo "the full disk is a mount of its own: run this as root" >&2; return 1; } && have mount mount; }

# These hold the unit of dist/ against systemd's own programs; systemd need not run.
have_systemd() { have systemd-analyze systemd && have systemd-sysusers systemd; }

# unless WHAT MODULE COMMAND..: without what the command brings, the tests of the module are left out, and that is told.
unless() {
    what=$1
    module=$2
    shift 2
    say "$what"
    "$@" && return 0
    echo "NOT RUN: $what"
    not_run="$not_run [$what]"
    skip="$skip --skip $module"
}

have_components() {
    cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return 0
    command -v rustup >/dev/null 2>&1 && rustup component add rustfmt clippy && return 0
    echo "rustfmt or clippy is missing and there is no rustup: install both, then run this again" >&2
    return 1
}

have_cargo_deny() {
    for deny in "$(command -v cargo-deny)" "$PWD/target/tools/bin/cargo-deny"; do
        [ -x "$deny" ] && [ "$("$deny" --version 2>/dev/null)" = "cargo-deny $deny_version" ] && return 0
    done
    # Unoptimised: it takes half the time to build and runs for a second.
    CARGO_TARGET_DIR="$PWD/target/tools/build" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        cargo install cargo-deny --version "$deny_version" --locked --quiet --no-track --force --root target/tools ||
        return 1
    rm -rf target/tools/build
    deny="$PWD/target/tools/bin/cargo-deny"
}

dependencies() { "$deny" --locked check --hide-inclusion-graph bans licenses sources; }

# The list of known faults comes from GitHub, which not every machine reaches; that is told, and fails nothing.
advisories() {
    if GIT_TERMINAL_PROMPT=0 timeout 90 "$deny" fetch db >/dev/null 2>&1; then
        check "advisories" "$deny" --locked --offline check advisories
    else
        say "advisories"
        echo "NOT RUN: advisories (the RustSec database could not be fetched from GitHub)"
        not_run="$not_run [advisories: no RustSec database]"
    fi
}

documentation() { RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet; }

# What git sees of the working tree: names, and the content of what is tracked and of what is new.
tree() {
    git status --porcelain=v1 --untracked-files=all
    git diff HEAD
    git ls-files --others --exclude-standard -z | xargs -0 -r cksum
}

unchanged() {
    tree | cmp -s - "$before" && return 0
    echo "the tests changed files of the working tree:" >&2
    git status --short >&2
    return 1
}

export INSTA_UPDATE=no
unset UPDATE_SESSIONS

check "tmux" have_tmux
check "rustfmt and clippy" have_components
before=""
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    before=$(mktemp) && trap 'rm -f "$before"' EXIT && tree >"$before"
fi
check "format" cargo fmt --check
check "lints" cargo clippy --locked --all-targets --quiet -- -D warnings
unless "tests over SSH (root and openssh-server)" ssh:: have_sshd
unless "tests of 6 desks under logins of their own (root)" load::desks have_sshd
unless "the server's full disk (root)" chaos::full have_mount
unless "tests of the systemd unit (systemd-analyze)" dist:: have_systemd
# Unquoted: each word is an argument.
check "tests" cargo test --locked --no-fail-fast -- $skip
check "examples and benches compile" cargo build --locked --examples --benches
check "documentation" documentation
check "cargo-deny" have_cargo_deny
if [ -x "$deny" ]; then
    check "dependencies" dependencies
    advisories
else
    not_run="$not_run [dependencies, advisories: no cargo-deny]"
fi
if [ -n "$before" ]; then
    check "generated files are unchanged" unchanged
else
    say "generated files are unchanged"
    echo "NOT RUN: generated files are unchanged (this is no git checkout)"
    not_run="$not_run [generated files: no git checkout]"
fi

printf '\n=== %s s in all\n' "$(($(date +%s) - began))"
[ -z "$not_run" ] || echo "not run:$not_run"
if [ -n "$failed" ]; then
    echo "FAILED:$failed"
    exit 1
fi
echo "all checks passed"
