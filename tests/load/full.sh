#!/bin/sh
# The full load: `sh tests/load/full.sh [DESKS] [SECONDS]`, as root; 200 desks for 60 seconds if not said, and then 1, 16 and
# 64 writers for 10 seconds each.
set -eu
cd "$(dirname "$0")/../.."
DESKS=${1:-200} SPAN=${2:-60} cargo test --locked --release --test all load::desks -- --nocapture
SPAN=10 cargo test --locked --release --test all load::writers -- --nocapture
