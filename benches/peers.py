"""What somebody would write for a query engine instead, at its best.

    peers.py ENGINE FROM FOLDER     ENGINE: duckdb or polars.   FROM: numbers or csv.

For each claim: how many assertions and distinct values, how many independent sources (those of one parent are one; the
latest word of each), the lowest and the highest figure, the value that most of them support and how many do, how many
assertions are nobody's, and whether all agree.

From `numbers`: everything is in memory and is a number before the clock starts, and no wording is left to read. That is
the kindest case. From `csv`: the table is read from disk, and its wording isn't read at all.

Prints nanoseconds of the processor's work an assertion, the second time round, and the peak of memory in bytes an assertion.
One thread.
"""

import os
import resource
import sys
import time

engine, origin, folder = sys.argv[1:4]
os.environ["POLARS_MAX_THREADS"] = "1"

TABLE, SOURCES = f"{folder}/assertions.csv", f"{folder}/sources.csv"
NUMBERS = next(path for path in (f"{folder}/peers.parquet", f"{folder}/peers.csv") if os.path.exists(path))


def duckdb_query():
    import duckdb

    desk = duckdb.connect()
    desk.execute("SET threads = 1")
    desk.execute(f"CREATE TABLE parents AS SELECT id, part_of FROM read_csv('{SOURCES}', all_varchar = true) WHERE part_of <> ''")
    if origin == "csv":
        desk.execute(f"""
            CREATE VIEW said AS SELECT claim, nullif("by", '') AS source, value, NULL::BIGINT AS lo, NULL::BIGINT AS hi, asserted AS ts
            FROM read_csv('{TABLE}', header = true, all_varchar = true)""")
    else:
        types = "{'claim': 'VARCHAR', 'source': 'VARCHAR', 'value': 'VARCHAR', 'lo': 'BIGINT', 'hi': 'BIGINT', 'ts': 'BIGINT'}"
        table = f"'{NUMBERS}'" if NUMBERS.endswith("parquet") else f"read_csv('{NUMBERS}', header = true, columns = {types})"
        desk.execute(f"""
            CREATE TABLE said AS SELECT substr(claim, 2)::INT AS claim, substr(nullif(source, ''), 2)::INT AS source,
                (dense_rank() OVER (ORDER BY value))::INT AS value, lo, hi, ts FROM {table}""")
        desk.execute("CREATE OR REPLACE TABLE parents AS SELECT substr(id, 2)::INT AS id, substr(part_of, 2)::INT AS part_of FROM parents")
    query = """
        CREATE OR REPLACE TEMP TABLE found AS
        WITH last_words AS (
            SELECT claim, coalesce(any_value(part_of), source) AS side, arg_max(value, ts) AS value
            FROM said LEFT JOIN parents ON parents.id = said.source WHERE source IS NOT NULL GROUP BY claim, source),
        support AS (SELECT claim, value, count(*) AS sides FROM (SELECT DISTINCT claim, value, side FROM last_words) GROUP BY claim, value),
        best AS (
            SELECT claim, arg_max(value, sides) AS best_value, max(sides) AS supported_by, count(*) = 1 AS all_agree
            FROM support GROUP BY claim),
        heard AS (SELECT claim, count(*) AS independent FROM (SELECT DISTINCT claim, side FROM last_words) GROUP BY claim),
        counted AS (
            SELECT claim, count(*) AS assertions, count(DISTINCT value) AS distinct_values, min(lo) AS lowest, max(hi) AS highest,
                count(*) - count(source) AS unattributed
            FROM said GROUP BY claim)
        SELECT * FROM counted LEFT JOIN best USING (claim) LEFT JOIN heard USING (claim)"""
    return lambda: desk.execute(query)


def polars_query():
    import polars as pl

    col = pl.col
    parents = pl.read_csv(SOURCES, infer_schema=False).select("id", "part_of").drop_nulls()
    if origin == "csv":
        none = pl.lit(None, pl.Int64)
        table = lambda: pl.scan_csv(TABLE, infer_schema=False).select(
            "claim", "value", source=col("by"), lo=none, hi=none, ts=col("asserted"))
    else:
        integers = {"lo": pl.Int64, "hi": pl.Int64, "ts": pl.Int64}
        frame = pl.read_parquet(NUMBERS) if NUMBERS.endswith("parquet") else pl.read_csv(
            NUMBERS, schema_overrides={"value": pl.String, **integers})
        frame = frame.with_columns(
            claim=col("claim").str.slice(1).cast(pl.UInt32), source=col("source").str.slice(1).cast(pl.UInt32),
            value=col("value").rank("dense").cast(pl.UInt32))
        parents = parents.select(id=col("id").str.slice(1).cast(pl.UInt32), part_of=col("part_of").str.slice(1).cast(pl.UInt32))
        table = lambda: frame.lazy()

    def query():
        said = table()
        last_words = (
            said.filter(col("source").is_not_null()).group_by("claim", "source").agg(col("value").sort_by("ts").last())
            .join(parents.lazy(), left_on="source", right_on="id", how="left")
            .select("claim", "value", side=pl.coalesce("part_of", "source")))
        support = last_words.unique().group_by("claim", "value").len("sides")
        best = support.group_by("claim").agg(
            best_value=col("value").sort_by("sides").last(), supported_by=col("sides").max(), all_agree=pl.len() == 1)
        heard = last_words.select("claim", "side").unique().group_by("claim").len("independent")
        # In two steps, which is quicker here than counting distinct values in one.
        counted = (
            said.group_by("claim", "value")
            .agg(assertions=pl.len(), lowest=col("lo").min(), highest=col("hi").max(), unattributed=col("source").is_null().sum())
            .group_by("claim")
            .agg(col("assertions").sum(), col("lowest").min(), col("highest").max(), col("unattributed").sum(), distinct_values=pl.len()))
        return counted.join(best, on="claim", how="left").join(heard, on="claim", how="left").collect(engine="streaming")

    return query


query = {"duckdb": duckdb_query, "polars": polars_query}[engine]()
query()
start = time.process_time()
query()
work = time.process_time() - start
with open(TABLE, "rb") as table:
    rows = sum(part.count(b"\n") for part in iter(lambda: table.read(1 << 20), b"")) - 1
print(f"work\t{work * 1e9 / rows:.1f}")
print(f"peak\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / rows:.1f}")
