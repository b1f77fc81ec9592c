"""Names of inputs: the same however the paths are spelled, in any order, from any working directory."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.samples import ARTICLE, Run, files
from brief_extract.batch import discover

FILES = (
    "news/a.txt",
    "news/b.md",
    "news/2025/a.txt",
    "news/2025/mali/a.txt",
    "news/.hidden/h.txt",
    "news/page.html",
    "other/a.txt",
    "other/2025/a.txt",
    "other/2025/wire.jsonl",
    "wire.jsonl",
    "wire.jsonl.gz.txt",
    "deep/news/a.txt",
)
NAMED = (*FILES, "news", "news/2025", "news/.hidden", "other", "other/2025")
LINES = '{"id": "a", "text": "Mali"}\n{"id": "a", "text": "Chad"}\n{"id": "b", "text": "Niger"}\n'


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files whose names clash in every way, and a link to their folder."""
    root = tmp_path_factory.mktemp("tree")
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(LINES if name.endswith(".jsonl") else f"Text of {name}")
    (root / "by-link").symlink_to(root)
    return root


def absolute(root: Path, name: str) -> str:
    return f"{root}/{name}"


def relative(root: Path, name: str) -> str:
    return os.path.relpath(root / name)


def dotted(root: Path, name: str) -> str:
    return f"./{os.path.relpath(root / name)}"


def climbing(root: Path, name: str) -> str:
    return f"{root}/news/2025/../../{name}"


def doubled(root: Path, name: str) -> str:
    return f"{root}//{name}{'/' if (root / name).is_dir() else ''}"


def through_a_link(root: Path, name: str) -> str:
    return f"{root}/by-link/{name}"


SPELLINGS: tuple[Callable[[Path, str], str], ...] = (absolute, relative, dotted, climbing, doubled, through_a_link)


def found(paths: list[str]) -> list[tuple[str, str, str, int | None]]:
    return [(item.id, item.name, os.path.realpath(item.location), item.part) for item in discover(paths)]


@given(st.data())
def test_any_spelling_and_order_gives_the_same_ids_and_one_document_each(tree: Path, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(NAMED), min_size=1, max_size=6, unique=True))
    expected = found([absolute(tree, name) for name in names])
    again = data.draw(st.permutations([*names, *data.draw(st.lists(st.sampled_from(names), max_size=3))]))
    spelled = [(data.draw(st.sampled_from(SPELLINGS)), name) for name in again]
    with contextlib.chdir(tree / data.draw(st.sampled_from([".", "news", "other/2025"]))):
        assert found([spell(tree, name) for spell, name in spelled]) == expected
    assert len({(place, part) for _, _, place, part in expected}) == len(expected)
    assert len({id for id, *_ in expected}) == len(expected)


@given(st.lists(st.sampled_from(FILES[:4]), unique=True))
def test_naming_an_article_beside_its_folder_changes_nothing(tree: Path, names: list[str]) -> None:
    assert found([absolute(tree, name) for name in ("news", *names)]) == found([absolute(tree, "news")])


def test_a_file_in_a_named_folder_is_called_by_its_way_from_there(tree: Path) -> None:
    ids = [item.id for item in discover([tree / "news", tree / "news/page.html", tree / "news/.hidden"])]
    assert ids == ["hidden/h", "2025/a", "2025/mali/a", "a", "b", "page"]


def test_files_of_one_name_are_told_apart_by_their_folders(tree: Path) -> None:
    named = ["news/2025/a.txt", "other/2025/a.txt", "news/b.md"]
    assert [item.id for item in discover([tree / name for name in named])] == ["b", "news/2025/a", "other/2025/a"]


@pytest.mark.parametrize("spell", SPELLINGS)
def test_an_article_called_as_one_in_a_folder_is_told_apart_from_it(
    spell: Callable[[Path, str], str], tree: Path
) -> None:
    """``news/a`` is a file named by itself, called so beside ``other/a``, and one in the folder ``news``."""
    names = ("news", "deep/news/a.txt", "other/a.txt")
    with contextlib.chdir(tree / "other"):
        for at in range(3):
            spelled = [spell(tree, name) if number == at else absolute(tree, name) for number, name in enumerate(names)]
            assert found(spelled) == found([absolute(tree, name) for name in names])


def test_collections_of_one_name_are_told_apart_by_their_folders(tree: Path) -> None:
    ids = [item.id for item in discover([tree / "wire.jsonl", tree / "other/2025/wire.jsonl"])]
    assert [id for id in ids if id.endswith("/b")] == ["2025/wire/b", f"{tree.name}/wire/b"]


def test_three_lines_of_which_two_have_one_id_are_three_documents_however_the_file_is_named(
    tree: Path, output: Path, run: Run
) -> None:
    run(tree / "wire.jsonl")
    before = files(output)
    for cwd, spelling in ((tree, "wire.jsonl"), (tree, "./news/../wire.jsonl"), (tree / "news", "../wire.jsonl")):
        with contextlib.chdir(cwd):
            assert run(Path(spelling)).skipped == 3
    assert files(output) == before
    assert sum(name.startswith("documents/") for name in before) == 3


@pytest.mark.slow
def test_ids_and_outputs_do_not_depend_on_the_locale(articles: Path, output: Path) -> None:
    names = ["Élections à Bamako", "選挙/Ñandú", "plain"]
    for name in names:
        path = Path(os.fsdecode(os.fsencode(articles) + b"/" + name.encode() + b".txt"))
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE)
    (articles / "wire.jsonl").write_text('{"id": "Óscar", "text": "Mali"}\n', encoding="utf-8")
    command = [sys.executable, "-m", "brief_extract", "--no-entities", "--report", "--prune"]
    told: list[tuple[dict[str, bytes], bytes]] = []
    for locale in ({"PYTHONUTF8": "1"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}):
        place = output / str(len(told))
        done = subprocess.run(
            [*command, str(articles), str(articles / "wire.jsonl"), str(place)],
            env={**os.environ, **locale},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        told.append((files(place), done.stdout.replace(os.fsencode(place), b"")))
    assert told[0] == told[1]
    assert "documents/選挙/Ñandú.json" in told[0][0]
