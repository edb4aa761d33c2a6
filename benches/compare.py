"""Runs corroborate and the query engines in turn, and prints the table of docs/performance.md.

    compare.py BENCH COMMAND FOLDER     as benches/compare.sh calls it

All figures are medians of five rounds, and of the processor's work, which runs no faster when others use the machine
too. In a round everybody has one turn, so that a slow minute is a slow minute for all.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict

ROUNDS = 5
PEERS = ["duckdb", "polars"]
bench, command, folder = sys.argv[1:4]
here = os.path.dirname(os.path.abspath(__file__))
has_rayon = any(line.startswith("rayon =") for line in open(f"{here}/../Cargo.toml"))
one_thread = dict(os.environ, RAYON_NUM_THREADS="1")
figures = defaultdict(list)


def told(arguments, prefix="", environment=one_thread):
    """What a program prints: a name and a figure on each line."""
    for line in subprocess.run(arguments, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
        name, figure = line.split("\t")
        figures[prefix + name].append(float(figure))


def spent(arguments, **options):
    """The work that a program took, in seconds, the peak of its memory in bytes, and the time on the clock."""
    start = time.perf_counter()
    child = subprocess.Popen(arguments, env=one_thread, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{arguments[0]} ended with status {child.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, time.perf_counter() - start


def one_round():
    told([bench, "measure", folder])
    if has_rayon:
        told([bench, "measure", folder], "two threads ", dict(os.environ, RAYON_NUM_THREADS="2"))
    assertions = figures["assertions"][0]
    tables = ["--sources", f"{folder}/sources.csv", f"{folder}/assertions.csv"]
    work, peak, _ = spent([command, "report", "--format", "json", "--brief", *tables])
    figures["report"].append(work * 1e9 / assertions)
    figures["peak"].append(peak / assertions)
    raid = [spent([command, "report", f"{here}/../tests/corpus/raid.json"])[0] * 1e3 for _ in range(20)]
    figures["raid-command"].append(statistics.median(raid))
    for engine in PEERS:
        for origin in ["numbers", "csv"]:
            told([sys.executable, f"{here}/peers.py", engine, origin, folder], f"{engine} {origin} ")


def library():
    """The library without features: how long it builds, and of how many crates it is."""
    cargo = ["cargo", "tree", "--locked", "--no-default-features", "-e", "normal", "--prefix", "none"]
    crates = subprocess.run(cargo, cwd=here, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    with tempfile.TemporaryDirectory() as target:
        build = ["cargo", "build", "--locked", "--lib", "--no-default-features", "--target-dir", target]
        work, _, clock = spent(build, cwd=here)
    return len({line.removesuffix(" (*)") for line in crates}), work, clock


def machine():
    with open("/proc/cpuinfo") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=here, stdout=subprocess.PIPE, text=True).stdout.strip()
    busy = os.getloadavg()[2]
    return f"{model}, {os.cpu_count()} cores, {busy:.1f} of them busy on average; commit {commit}"


def table():
    usual = {name: statistics.median(values) for name, values in figures.items()}
    assertions = int(usual["assertions"])
    large = assertions > 2_000_000
    print(f"{assertions} assertions; medians of {ROUNDS} rounds; {machine()}\n")
    print("| | goal | corroborate | DuckDB | Polars | the faster of them takes |")
    print("|---|---:|---:|---:|---:|---:|")

    def row(what, goal, ours, unit="", peers=(), floor=None):
        if ours not in usual:
            return
        shown = lambda figure: f"{figure:.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2g}"
        cells = [shown(usual[peer]) for peer in peers] or ["", ""]
        least = min((usual[peer] for peer in peers), default=None)
        ratio = f"{least / usual[ours]:.1f} times" if least else ""
        if floor:
            ratio = f"(we take {usual[ours] / usual[floor]:.1f} times the floor)"
            cells = [f"floor {shown(usual[floor])}", ""]
        print(f"| {what} | {goal} | {shown(usual[ours])}{unit} | {cells[0]} | {cells[1]} | {ratio} |")

    row("resolve a loaded dossier, ns", "≤ 80, 5 times" if large else "≤ 60, 5 times", "resolve", peers=[f"{p} numbers work" for p in PEERS])
    row("CSV to the brief report, ns", "≤ 450, twice" if large else "≤ 300, twice", "report", peers=[f"{p} csv work" for p in PEERS])
    row("… of which reading the tables", "", "load")
    row("… of which writing the report", "", "brief")
    row("memory held when loaded, bytes", "≤ 100", "held")
    row("… and with the graph walked backwards", "≤ 100", "held-with-graph")
    row("peak from CSV to report, bytes", "≤ 180", "peak", peers=[f"{p} csv peak" for p in PEERS])
    row("JSON Lines to a dossier, ns", "≤ 2 × floor", "json-lines", floor="json-lines-floor")
    row("dossier in JSON, ns", "≤ 2 × floor", "json", floor="json-floor")
    row("live: one more assertion, median ns", "≤ 1000", "live-median")
    row("… 99th percentile", "≤ 3000", "live-99")
    row("… and its claim's whole finding, median ns", "", "live-finding-median")
    row("… 99th percentile", "", "live-finding-99")
    if has_rayon:
        for stage in ["load", "resolve", "brief"]:
            one, two = usual[f"{stage}-clock"], usual[f"two threads {stage}-clock"]
            goal = "" if stage == "brief" else "≥ 1.8 times"
            print(f"| two threads: {stage}, ns on the clock | {goal} | {one:.0f} → {two:.0f} | | | {one / two:.2f} times |")
    row("the raid's 44 claims, µs", "≤ 50", "raid-microseconds")
    row("the command on the raid, ms", "≤ 5", "raid-command")
    crates, work, clock = library()
    print(f"| the library without features | seconds | {crates} crates, {work:.0f} s of work, {clock:.0f} s | | | |")


for _ in range(ROUNDS):
    one_round()
table()
