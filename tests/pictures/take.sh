#!/usr/bin/env bash
# Takes pictures of the main screens in a real xterm, without a display: dark and light, Chinese and English, 80x24 and
# 120x40. They are for looking at: the tests hold bytes and cells, and no test sees what is ugly.
#
#   tests/pictures/take.sh FOLDER [WORD..]    takes all pictures, or those whose name contains one of the words
#   tests/pictures/take.sh --install          installs what it needs from Debian's packages
#
# It needs Xvfb, xterm, xdotool, import (ImageMagick) and a monospaced CJK font. WANGGE names the program; if it is not
# set, it is target/release/wangge, else target/debug/wangge. FONT and CJK name the fonts. WANGGE_NOW is the moment that
# the pictures show; with WANGGE_NOW=now it is today, and the screen does not say that the clock stands still.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages="xvfb xterm xdotool imagemagick fonts-dejavu-core fonts-wqy-zenhei"

if [ "${1:-}" = --install ]; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    exec $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
fi

out=${1:?where to? tests/pictures/take.sh FOLDER}
shift
only=("$@")
for tool in Xvfb xterm xdotool import identify; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: tests/pictures/take.sh --install" >&2; exit 1; }
done
mkdir -p "$out"
out=$(cd "$out" && pwd)

program=${WANGGE:-}
if [ -z "$program" ]; then
    for built in "${CARGO_TARGET_DIR:-target}"/{release,debug}/wangge; do
        [ -x "$built" ] && { program=$built; break; }
    done
fi
[ -x "$program" ] || { echo "no program: cargo build --release, or WANGGE=path" >&2; exit 1; }
program=$(realpath "$program")
font=${FONT:-DejaVu Sans Mono}
cjk=${CJK:-WenQuanYi Zen Hei Mono}

# A home of its own, a display of its own; both go with the script, whatever happens.
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
Xvfb -displayfd 9 -screen 0 1600x1200x24 -nolisten tcp -noreset 9>"$work/display" 2>/dev/null &
pids+=($!)
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
[ -s "$work/display" ] || { echo "Xvfb did not start" >&2; exit 1; }
export DISPLAY=":$(cat "$work/display")"
export LC_ALL=C.UTF-8 WANGGE_NOW=${WANGGE_NOW:-2026-11-23T09:00:00+08:00}
[ "$WANGGE_NOW" = now ] && unset WANGGE_NOW

# shot NAME GEOMETRY BACKGROUND LANGUAGE ARGS -- KEYS..: starts, waits, plays the keys, takes the picture.
shot() {
    local name=$1 geometry=$2 background=$3 language=$4
    shift 4
    local args=()
    while [ "$1" != -- ]; do args+=("$1"); shift; done
    shift
    local file="$name-$geometry-$background-$language"
    if [ ${#only[@]} -gt 0 ]; then
        local word found=""
        for word in "${only[@]}"; do [[ $file == *$word* ]] && found=yes; done
        [ -n "$found" ] || return 0
    fi
    local fg=gray85 bg=black theme=dark
    [ "$background" = light ] && fg=black bg=white theme=light
    local home="$work/$file"
    mkdir -p "$home/config/wangge" "$home/data"
    # What the first run would ask is answered, but where it is what the picture shows.
    [[ $name == first-run* ]] || printf '%s\n' "${config:-}" "theme = \"$theme\"" >"$home/config/wangge/config.toml"
    HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state TERM=xterm-256color \
        xterm -u8 -fa "$font" -fd "$cjk" -fs 12 -geometry "$geometry" -bg "$bg" -fg "$fg" -title "$file" \
        -xrm 'XTerm*allowTitleOps: false' -xrm 'XTerm*scrollBar: false' -xrm 'XTerm*allowSendEvents: true' -xrm 'XTerm*internalBorder: 6' \
        -e "$program" --lang "$language" "${args[@]}" &
    local pid=$! id=""
    pids+=("$pid")
    for _ in $(seq 100); do
        id=$(xdotool search --onlyvisible --name "^$file\$" 2>/dev/null | tail -1) && [ -n "$id" ] && break
        sleep 0.1
    done
    [ -n "$id" ] || { echo "$file: no window" >&2; return 1; }
    xdotool windowfocus "$id"
    if ! at_rest "$id" 100; then
        echo "$file: nothing came on the window" >&2
        kill "$pid" 2>/dev/null || true
        return 0
    fi
    local key
    for key in "$@"; do
        case $key in
        wait:*) sleep "${key#wait:}" ;;
        text:*) xdotool type --window "$id" --delay 30 "${key#text:}" ;;
        *) xdotool key --window "$id" "$key" ;;
        esac
        at_rest "$id" 15 || true
    done
    import -window "$id" -dither None -colors 40 "png8:$out/$file.png"
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    echo "$file.png"
}

# Waits until there is something on the window, and two looks at it, half a second apart, are the same.
at_rest() {
    local before="" now colours
    for _ in $(seq "$2"); do
        sleep 0.5
        now=$(import -window "$1" -depth 8 miff:- 2>/dev/null | tee "$work/look" | cksum)
        colours=$(identify -format %k "miff:$work/look" 2>/dev/null || echo 0)
        [ "$now" = "$before" ] && [ "$colours" -gt 16 ] && return 0
        before=$now
    done
    return 1
}

for geometry in 80x24 120x40; do
    for background in dark light; do
        for language in zh en; do
            at=("$geometry" "$background" "$language")
            shot home "${at[@]}" demo --
            shot visits "${at[@]}" demo -- 2
            shot form "${at[@]}" demo -- space e
            shot training "${at[@]}" demo -- x text:11 Tab
            shot people "${at[@]}" demo -- 6
            shot matters "${at[@]}" demo -- 7
            shot records "${at[@]}" demo -- 8
            shot calendar "${at[@]}" demo -- C
            shot board "${at[@]}" demo -- b
            shot palette "${at[@]}" demo -- colon
            shot help "${at[@]}" demo -- question
            shot jump "${at[@]}" demo -- f wait:2 text:rhfs
            shot settings "${at[@]}" demo -- S
            shot lists "${at[@]}" demo -- w
            shot history "${at[@]}" demo -- l wait:4
            shot timeline "${at[@]}" demo -- T
            shot recent "${at[@]}" demo -- space space U
            shot marks "${at[@]}" demo -- space v Down Down Down
            shot discard "${at[@]}" demo -- x text:11 Escape
            shot county "${at[@]}" demo --as chief-1 --
            shot township "${at[@]}" demo --as chief-3 --
            shot first-run "${at[@]}" --
        done
    done
done
