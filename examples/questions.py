"""Three questions to a folder that brief-extract wrote, answered with pandas.

    python examples/questions.py outputs/ [figure.png]

Who is named together? What was cut most, in any table? Which bullets stand under which heading?
The first is asked once more in SQL where DuckDB is installed; the figure is drawn where Matplotlib is.
"""

# ruff: noqa: T201 - a script that prints its answers

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import msgspec
import pandas as pd

from brief_extract import Document

TOGETHER_SQL = """
    WITH named AS (
        SELECT DISTINCT document, block, entity
        FROM read_csv('{folder}/mentions.csv', header = true, all_varchar = true)
        WHERE entity IS NOT NULL
    )
    SELECT a.entity AS one, b.entity AS other, count(*) AS blocks
    FROM named a JOIN named b USING (document, block)
    WHERE a.entity < b.entity
    GROUP BY ALL ORDER BY blocks DESC, one, other
"""


def named_together(folder: Path) -> pd.DataFrame:
    """Pairs of entities and the number of blocks (paragraphs, lists, tables) in which both are named."""
    mentions = pd.read_csv(folder / "mentions.csv", dtype="string").dropna(subset="entity")
    pairs = [
        pair
        for _, block in mentions.groupby(["document", "block"])["entity"]
        for pair in combinations(sorted(block.unique()), 2)
    ]
    counts = pd.DataFrame(pairs, columns=["one", "other"]).value_counts().rename("blocks").reset_index()
    return counts.sort_values(["blocks", "one", "other"], ascending=[False, True, True], ignore_index=True)


def named_together_in_sql(folder: Path) -> pd.DataFrame:
    """The same, by DuckDB, straight from the file."""
    import duckdb

    return duckdb.connect().execute(TOGETHER_SQL.format(folder=folder.as_posix().replace("'", "''"))).df()


def biggest_cuts(folder: Path) -> pd.DataFrame:
    """Rows of tables with a column for before and one for after, the largest relative fall first."""
    rows = [
        {"document": document.id, "table": table.id, **msgspec.to_builtins(change)}
        for document in documents(folder)
        for table in document.tables
        for change in table.changes()
    ]
    frame = pd.DataFrame(rows, columns=["document", "table", "label", "before", "after", "relative", "unit"])
    return frame[frame["relative"] < 0].sort_values("relative", ignore_index=True)


def bullets_by_section(folder: Path) -> pd.DataFrame:
    """How many bullets stand under each heading."""
    items = pd.read_csv(folder / "list_items.csv", dtype="string")
    paths = [
        {"document": document.id, "section": section.id, "heading": section.path[-1]}
        for document in documents(folder)
        for section in document.sections
    ]
    sections = pd.DataFrame(paths, columns=["document", "section", "heading"], dtype="string")
    joined = items.merge(sections, on=["document", "section"], how="left")
    return joined.groupby(["document", "heading"], dropna=False).size().rename("bullets").reset_index()


def documents(folder: Path) -> list[Document]:
    """Every document of the folder, by its path."""
    return [Document.from_json(path.read_bytes()) for path in sorted((folder / "documents").rglob("*.json"))]


def draw(cuts: pd.DataFrame, path: Path) -> None:
    """A bar for each cut."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 0.4 * len(cuts) + 1), layout="constrained")
    axes = figure.add_subplot()
    axes.barh(cuts["label"] + ", " + cuts["document"], cuts["relative"], color="#b2182b")
    axes.invert_yaxis()
    axes.set_xlabel("change in percent")
    axes.spines[["top", "left"]].set_visible(False)
    figure.savefig(path, dpi=150)


def main(folder: Path, figure: Path | None = None) -> None:
    """Print the answers; draw the figure if a path for it is given."""
    print("Named together in most blocks", named_together(folder).head(5).to_string(index=False), sep="\n")
    try:
        print("\nThe same in SQL", named_together_in_sql(folder).head(5).to_string(index=False), sep="\n")
    except ImportError:
        print("\n(no SQL: DuckDB is not installed)")
    cuts = biggest_cuts(folder)
    columns = ["document", "label", "before", "after", "relative"]
    print("\nBiggest cuts, in percent", cuts[columns].head(8).to_string(index=False), sep="\n")
    bullets = bullets_by_section(folder).sort_values("bullets", ascending=False, kind="stable")
    print("\nBullets by section", bullets.head(5).to_string(index=False), sep="\n")
    if figure:
        try:
            draw(cuts.head(8), figure)
        except ImportError:
            print("\n(no figure: Matplotlib is not installed)")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
