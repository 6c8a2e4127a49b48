#!/usr/bin/env bash
# Turns reports into pictures, to be looked at before a release: spreadsheets through LibreOffice, pages through Chromium.
#
#   tests/report/look.sh FOLDER [STORE]   makes the reports of STORE (a made-up county where none is named) and their
#                                         pictures in FOLDER; about four minutes, a county of 2,500 units takes longer
#   tests/report/look.sh --install        installs what it needs from Debian's packages
#
# The month of the county, the quarter of a township, the year of a grid, a handover, every table by itself, and the form of
# another county; of each sheet the first page, one in the middle and the last one, and of each page the screen and the paper.
# AT and GRID name township and grid (330781001 and 330781001-G01), SIZE the made-up county's units and facts ("400 12000").
# WANGGE names the program; if it is not set, it is target/release/wangge.
#
# It fails where LibreOffice does not open a workbook, where a character is not on paper or no font here has it, where a
# number does not fit into its column, where a printed page is empty, and where a page has a script or asks for anything.
# What it can't see is whether it looks right: open FOLDER/*.png.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages="libreoffice-calc poppler-utils fontconfig fonts-noto-cjk chromium unzip perl"

if [ "${1:-}" = --install ]; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    exec $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
fi

out=${1:?where to? tests/report/look.sh FOLDER}
store=${2:-}
at=${AT:-330781001}
grid=${GRID:-$at-G01}
program=${WANGGE:-target/release/wangge}
for tool in soffice pdftoppm pdfinfo pdftotext pdffonts fc-list chromium unzip perl "$program"; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: tests/report/look.sh --install, cargo build --release" >&2; exit 1; }
done
program=$(realpath "$program")
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.{png,pdf,xlsx,html,txt,net}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8

fail() { echo "FAILED: $*" >&2; exit 1; }
wangge() { "$program" --store "$store" --lang zh "$@" >>"$work/said" 2>&1 || fail "wangge $*: $(tail -n 1 "$work/said")"; }

# What the made-up work has none of, so that no table is empty, with texts as long as people write them.
fill() {
    local long="该企业9月产值漏记一笔12万元，原因是财务人员更换后原始凭证未及时移交；已当场辅导补记台账，要求10日前更正报表并书面说明情况，另请街道统计办于下月复查时重点核对发票与出库单。"
    local unit
    # Read to the end: whoever stops reading ends the others with a signal.
    unit=$("$program" --store "$store" log --json | awk -v at="\"at\":\"$grid\"" '/"kind":"visit"/ && index($0, at) && !found {
        found = match($0, /"subject":"[^"]*"/); print substr($0, RSTART + 11, RLENGTH - 12) }')
    wangge record post 欧阳建国 "$grid" --post deputy
    wangge record visit "$unit" --on -1 --problem "$long" --with 欧阳建国 --topic call --topic ledger --topic law --note "$long"
    wangge record visit "$unit" --on -40 --why "出差回来才补记" --note "企业留有签字的登记表"
    wangge record ledger --unit "$unit" --period "$(date -d '-1 month' +%Y-%m)" --raw --explanation "$long"
    wangge record spending "$grid" --amount 1234567.89 --attended 18 --approver 欧阳建国 --activity "统计之家活动（联合市税务局、经信局、商务局举办的规上工业企业统计人员业务交流会）"
    wangge record change "$grid" --title "统计员转岗，由原企业调至母公司，接任者尚未到岗，报表暂由会计代报"
    wangge record score "$grid" --clause A1-4d --criterion grid-feature --period "$(date +%Y)" --points 5 --evidence "编了手册"
}

if [ -z "$store" ]; then
    store=$out/store
    rm -rf "$store"
    # shellcheck disable=SC2086
    cargo run --quiet --release --example grow -- "$store" ${SIZE:-400 12000}
    fill
fi

for format in xlsx html; do
    wangge export month -o "$out/month.$format"
    wangge export quarter --at "$at" -o "$out/quarter.$format"
    wangge export year --at "$grid" -o "$out/year.$format"
    wangge handover 网格长 --at "$grid" -o "$out/handover.$format"
done
for table in clauses duties visits problems sessions attendance returns ledgers people changes funds late unfinished evidence \
    assessment burden fields; do
    wangge export "$table" --at "$at" -o "$out/table-$table.xlsx"
done
(
    store=$work/sample
    wangge init --pack sample
    for format in xlsx html; do wangge export month -o "$out/sample.$format"; done
)

# The font that offices have is not free; what stands for it here is as wide.
mkdir -p "$work/office/user"
pair() { echo "<item oor:path=\"/org.openoffice.Office.Common/Font/Substitution/FontPairs\"><node oor:name=\"_$1\" oor:op=\"replace\"><prop oor:name=\"ReplaceFont\"><value>$2</value></prop><prop oor:name=\"SubstituteFont\"><value>Noto Serif CJK SC</value></prop><prop oor:name=\"OnScreenOnly\"><value>false</value></prop><prop oor:name=\"Always\"><value>true</value></prop></node></item>"; }
cat >"$work/office/user/registrymodifications.xcu" <<XCU
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Font/Substitution"><prop oor:name="Replacement"><value>true</value></prop></item>
$(pair 0 宋体)$(pair 1 仿宋)
</oor:items>
XCU
# A workbook that needs repair is not converted: LibreOffice says so and writes nothing.
timeout 500 soffice "-env:UserInstallation=file://$work/office" --headless --convert-to pdf --outdir "$out" "$out"/*.xlsx \
    >"$work/soffice" 2>&1 || fail "LibreOffice: $(tail -n 3 "$work/soffice")"

# How often each Chinese character stands in a text, a line each.
characters() { perl -CSD -ne '$n{$_}++ for /\p{Han}/g; END { print "$_ $n{$_}\n" for sort keys %n }'; }
# What is on paper at least as often as it is in the file; pages repeat their heads.
complete() {
    characters <"$1" >"$work/wanted"
    pdftotext "$2" - | perl -CSD -MUnicode::Normalize -ne 'print NFKC($_)' | characters >"$work/found"
    perl -CSD -Mutf8 -e 'open F, "<:utf8", shift; open W, "<:utf8", shift; while (<F>) { my ($c, $n) = split; $f{$c} = $n }
        while (<W>) { my ($c, $n) = split; print "$c($n, on paper ", $f{$c} // 0, ") " if ($f{$c} // 0) < $n }' \
        "$work/found" "$work/wanted" >"$work/lost"
    [ ! -s "$work/lost" ] || fail "$2 has not all of $1: $(cut -c1-400 "$work/lost")"
    cat "$work/wanted" >>"$work/all"
}
whole() {
    [ -s "$1" ] || fail "$1 was not written: $(tail -n 3 "$work/soffice")"
    ! pdftotext "$1" - | grep -q "###" || fail "$1: a number does not fit into its column"
    ! pdffonts "$1" | tail -n +3 | grep -vE " yes +(yes|no) +(yes|no) +[0-9]+ +[0-9]+$" || fail "$1: a font is not in it"
    pdftotext -layout "$1" - | perl -CSD -e '$/ = "\f"; my $page; while (<>) { $page++; s/\s//g; print "$page " if length && length() < 12 or !length && !eof }' >"$work/empty"
    [ ! -s "$work/empty" ] || fail "$1: nothing on page $(cat "$work/empty")"
    echo "$(basename "$1"): $(pdfinfo "$1" | awk '/^Pages/ { print $2 }') pages"
}
# Of each sheet, which its pages name at the top, the first page, one in the middle, the last one.
chosen() {
    pdftotext -layout "$1" - | perl -CSD -e '$/ = "\f"; while (<>) { my ($top) = /^\s*(\S.*)$/m or next; my @words = split " ", $top;
        push @names, $words[-1] unless $p{$words[-1]}; push @{$p{$words[-1]}}, $. } for (@names) { my @p = @{$p{$_}};
        my %seen; print "$_ " for grep { !$seen{$_}++ } $p[0], $p[@p / 2], $p[-1] }'
}

for book in "$out"/*.xlsx; do
    pdf=${book%.xlsx}.pdf
    whole "$pdf"
    # Cells only: LibreOffice draws what charts say as well. Not every workbook has shared strings.
    { unzip -p "$book" 'xl/worksheets/*.xml' xl/sharedStrings.xml 2>/dev/null || [ $? = 11 ]; } | perl -CSD -pe 's/<(oddHeader|oddFooter)>.*?<\/\1>//g; s/<[^>]*>/ /g' >"$work/cells"
    complete "$work/cells" "$pdf"
    for page in $(chosen "$pdf"); do
        pdftoppm -r 90 -png -f "$page" -l "$page" -singlefile "$pdf" "${pdf%.pdf}-sheet-$(printf %04d "$page")"
    done
done

chrome() {
    timeout 200 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --disable-background-networking \
        --disable-component-update --no-first-run --user-data-dir="$work/chrome" "$@" \
        2>>"$work/chromium"
}
# That this would be seen at all: a page that asks for a picture does ask.
echo '<img src="http://example.invalid/x.png">' >"$work/asks.html"
chrome --screenshot="$work/asks.png" --log-net-log="$work/asks.net" "file://$work/asks.html"
grep -qE '"initiator":"(null|file:[^"]*)".*"url":"http:' "$work/asks.net" || fail "Chromium does not tell what a page asks for"

for page in "$out"/*.html; do
    name=${page%.html}
    ! grep -qiE '<script|javascript:| on[a-z]+=|<link|<iframe|src=|@import|url\(' "$page" || fail "$page asks for something else"
    for width in 1280 420; do
        chrome --window-size=$width,2400 --screenshot="$name-screen-$width.png" --log-net-log="$name.net" "file://$page"
        # The browser asks for a thing or two on its own; what the page asks for has the page as its initiator.
        ! grep -E '"initiator":"(null|file:[^"]*)".*"url":"(https?|wss?|ftp):' "$name.net" >"$work/asked" ||
            fail "$page asked for something: $(head -c 400 "$work/asked")"
    done
    chrome --no-pdf-header-footer --print-to-pdf="$name-paper.pdf" "file://$page"
    whole "$name-paper.pdf"
    perl -CSD -0pe 's/<nav>.*?<\/nav>//s; s/<head>.*?<\/head>//s; s/<[^>]*>/ /g' "$page" >"$work/text"
    complete "$work/text" "$name-paper.pdf"
    last=$(pdfinfo "$name-paper.pdf" | awk '/^Pages/ { print $2 }')
    for number in 1 2 3 $((last / 2)) "$last"; do
        [ "$number" -ge 1 ] && [ "$number" -le "$last" ] || continue
        pdftoppm -r 90 -png -f "$number" -l "$number" -singlefile "$name-paper.pdf" "$name-paper-$(printf %04d "$number")"
    done
done

# A character that no font has becomes a box: whoever copies it gets it back, whoever reads it does not.
cut -d' ' -f1 "$work/all" | sort -u | while read -r character; do
    code=$(printf %x "'$character")
    [ -n "$(fc-list ":charset=$code" family | head -n 1)" ] || echo "$character"
done >"$work/boxes"
[ ! -s "$work/boxes" ] || fail "no font here has $(tr '\n' ' ' <"$work/boxes")"

for picture in "$out"/*.png; do
    [ "$(stat -c %s "$picture")" -gt 4000 ] || fail "$picture is empty"
done
rm -f "$out"/*.net
echo "$(ls "$out"/*.png | wc -l) pictures in ${SECONDS} s; look at: $out/*.png"
