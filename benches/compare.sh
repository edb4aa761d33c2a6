#!/usr/bin/env bash
# Sets corroborate beside query engines, and prints the table of docs/performance.md: benches/compare.sh N [FOLDER]
#
# N is how many assertions to make, as in 1e6. Where FOLDER has a table already (assertions.csv, sources.csv, and peers.csv or
# peers.parquet), that is taken instead; so is the folder in CORROBORATE_BENCH_DATA. It needs Python with venv, and what
# pip finds for it: duckdb, polars and numpy.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
target=${CARGO_TARGET_DIR:-target}
folder=${2:-${CORROBORATE_BENCH_DATA:-$target/compare/$1}}

# The newest of a name: cargo prints what it has built, and the rest goes to the terminal.
built() { sed -n "s/.*\"executable\":\"\([^\"]*\/$1[^\"]*\)\".*/\1/p" | tail -n 1; }
bench=$(cargo bench --locked --all-features --bench speed --no-run --message-format json-render-diagnostics | built speed)
command=$(cargo build --locked --release --features cli --message-format json-render-diagnostics | built corroborate)

python=$target/compare/venv/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv "$target/compare/venv"
    "$python" -m pip install --quiet duckdb polars numpy
fi
if [ ! -e "$folder/assertions.csv" ]; then
    "$bench" make "$1" "$folder"
fi
exec "$python" benches/compare.py "$bench" "$command" "$folder"
