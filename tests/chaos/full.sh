#!/bin/sh
# The full chaos: `sh tests/chaos/full.sh`. The server is killed 100 times, links are cut 1,000 times; SEED=n plays a run again.
set -eu
cd "$(dirname "$0")/../.."
LOOPS=100 cargo test --locked --release --test all chaos::killed -- --nocapture
LOOPS=1000 cargo test --locked --release --test all chaos::cut -- --nocapture
