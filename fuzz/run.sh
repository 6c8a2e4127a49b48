#!/bin/sh
# Fuzzing for a bounded time: `sh fuzz/run.sh [SECONDS] [TARGET..]`, 60 seconds of each target if not said.
# Needs cargo-fuzz (`cargo install cargo-fuzz`) and a nightly toolchain, or RUSTC_BOOTSTRAP=1 with the stable one.
# Every target starts from its corpus in fuzz/corpus; what is found new goes into fuzz/found, which git does not keep.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- $(sed -n 's/^name = "\([a-z]*\)"$/\1/p' fuzz/Cargo.toml)
nightly=+nightly
rustup run nightly rustc --version >/dev/null 2>&1 || { nightly=; export RUSTC_BOOTSTRAP=1; }
for target in "$@"; do
    mkdir -p "fuzz/found/$target"
    cargo $nightly fuzz run "$target" "fuzz/found/$target" "fuzz/corpus/$target" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=256 -print_final_stats=1
done
