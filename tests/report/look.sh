#!/usr/bin/env bash
# Turns a month's report into pictures, to be looked at: the spreadsheet through LibreOffice, the page through Chromium.
#
#   tests/report/look.sh FOLDER [STORE [GRID]]   makes the report of STORE (a made-up county where none is named) and
#                                                its pictures in FOLDER
#   tests/report/look.sh --install               installs what it needs from Debian's packages
#
# It fails where LibreOffice can't turn the spreadsheet into pages, where a page has signs that no font has, where the
# page asks for anything but itself, or where a picture is empty. WANGGE names the program; if it is not set, it is
# target/release/wangge. What it can't see is whether it looks right: open FOLDER/*.png.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages="libreoffice-calc poppler-utils fonts-noto-cjk chromium"

if [ "${1:-}" = --install ]; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    exec $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
fi

out=${1:?where to? tests/report/look.sh FOLDER}
store=${2:-}
grid=${3:-}
wangge=${WANGGE:-target/release/wangge}
for tool in soffice pdftoppm pdfinfo pdftotext pdffonts chromium "$wangge"; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: tests/report/look.sh --install, cargo build --release" >&2; exit 1; }
done
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.png "$out"/*.pdf "$out"/report.*

if [ -z "$store" ]; then
    store=$out/store
    rm -rf "$store"
    cargo run --quiet --release --example grow -- "$store" 400 12000
fi
at=()
[ -z "$grid" ] || at=(--at "$grid")

fail() { echo "FAILED: $*" >&2; exit 1; }

for format in xlsx html txt; do
    "$wangge" --store "$store" export month "${at[@]}" -o "$out/report.$format" >"$out/report.said"
done
cat "$out/report.said"

profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

# A workbook that needs repair is not converted: LibreOffice says so and writes nothing.
soffice "-env:UserInstallation=file://$profile/office" --headless --convert-to pdf --outdir "$out" "$out/report.xlsx" \
    >"$profile/said" 2>&1 || fail "LibreOffice: $(cat "$profile/said")"
[ -s "$out/report.pdf" ] || fail "LibreOffice wrote no pages: $(cat "$profile/said")"
mv "$out/report.pdf" "$out/sheet.pdf"
pdfinfo "$out/sheet.pdf" | grep -E "Pages|Page size"
! pdftotext "$out/sheet.pdf" - | grep -q "###" || fail "a number does not fit into its column"
# Every sheet begins with a title: its first page is a picture.
pages=$(pdftotext -layout "$out/sheet.pdf" - | awk 'BEGIN { RS = "\f" } /制表单位|Issued by/ { printf "%d ", NR }')
for page in 1 2 3 $pages; do
    pdftoppm -r 90 -png -f "$page" -l "$page" -singlefile "$out/sheet.pdf" "$out/sheet-$(printf %04d "$page")"
done

chrome() { chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile/chrome" "$@" 2>>"$profile/said"; }
! grep -qE '<script|https?:|src=|@import|url\(' "$out/report.html" || fail "the page asks for something else"
chrome --host-resolver-rules="MAP * ~NOTFOUND" --window-size=1280,2400 \
    --screenshot="$out/page-screen.png" "file://$out/report.html"
chrome --host-resolver-rules="MAP * ~NOTFOUND" --window-size=420,2400 \
    --screenshot="$out/page-narrow.png" "file://$out/report.html"
chrome --no-pdf-header-footer --print-to-pdf="$out/page.pdf" "file://$out/report.html"
pdfinfo "$out/page.pdf" | grep -E "Pages|Page size"
pdftoppm -r 90 -png -l 6 "$out/page.pdf" "$out/page-print"

for pdf in sheet page; do
    # A sign without a font becomes a box; poppler names the font that it came from.
    ! pdffonts "$out/$pdf.pdf" | grep -qi "notdef\|lastresort" || fail "$pdf.pdf has signs that no font has"
done
for picture in "$out"/{page-screen,page-narrow}.png "$out"/*.png; do
    [ "$(stat -c %s "$picture" 2>/dev/null || echo 0)" -gt 4000 ] || fail "$picture is empty"
done
echo "look at: $out/*.png"
