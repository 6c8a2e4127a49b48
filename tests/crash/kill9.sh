#!/bin/sh
# The full kill -9 run: `sh tests/crash/kill9.sh [ROUNDS]`, of commands and of the desk, 200 rounds each if not said;
# SEED=n plays a run again.
set -eu
cd "$(dirname "$0")/../.."
LOOPS=${1:-200} exec cargo test --locked --release --test all kill_9
