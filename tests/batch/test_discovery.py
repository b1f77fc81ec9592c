"""Discovery: which files are articles, in which order, under which names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from brief_extract.batch import discover, discovery, passed_over
from brief_extract.batch.collections import members
from brief_extract.errors import InputError


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Mali")


def test_a_url_is_told_as_such() -> None:
    with pytest.raises(InputError, match=r"^https://example\.org/a/b\.html: a URL, not a file; fix: download it first"):
        discover([Path("https://example.org/a/b.html")])


@pytest.mark.parametrize("can", [True, False])
def test_pages_of_a_folder_are_read_where_they_can_be(
    can: bool, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("brief_extract.batch.discovery.can_read_pages", lambda: can)
    make(articles, "a.txt", "b.HTML", "c.eml")
    names = [item.name for item in discover([articles])]
    assert names == (["a.txt", "b.HTML", "c.eml"] if can else ["a.txt", "c.eml"])
    assert passed_over([articles]) == ({} if can else {".html": 1})


def test_every_txt_and_md_below_a_folder_in_the_order_of_names(articles: Path) -> None:
    make(articles, "b.txt", "a/z.MD", "a/y/x.Txt", "c.pdf", "d.txt.gz", "README")
    assert [item.name for item in discover([articles])] == ["a/y/x.Txt", "a/z.MD", "b.txt"]


def test_the_order_is_that_of_the_parts_of_a_name(articles: Path) -> None:
    names = ["a/b/c.txt", "a/b.txt", "a/z.txt", "a b/c.txt", "a-b.txt", "a.txt", "a!.txt", "a!/c.txt"]
    make(articles, *names)
    in_one_folder = [item.name for item in discover([articles])]
    assert in_one_folder == sorted(names, key=lambda name: name.split("/"))
    one_by_one = [item.name for item in discover([articles / name for name in reversed(names)])]
    assert one_by_one == sorted(one_by_one, key=lambda name: name.split("/"))
    assert len(set(one_by_one)) == len(names)


def test_a_folder_that_cannot_be_listed_is_an_input_that_cannot_be_read(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(articles, "a.txt", "closed/b.txt")
    scan = os.scandir

    def scandir(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [(item.name, item.fault) for item in discover([articles])] == [
        ("a.txt", None),
        ("closed", "a folder that cannot be listed"),
    ]
    assert passed_over([articles]) == {}


def test_a_link_to_an_article_beside_it_counts_once(articles: Path) -> None:
    make(articles, "b.txt")
    (articles / "a.txt").symlink_to(articles / "b.txt")
    (articles / "loop.txt").symlink_to(articles / "loop.txt")
    assert [item.id for item in discover([articles])] == ["a", "loop"]


@pytest.mark.parametrize("first", ["target", "folder"])
def test_a_link_that_leads_out_gives_way_to_the_file_when_that_is_named(
    articles: Path, tmp_path: Path, first: str
) -> None:
    make(tmp_path, "elsewhere/target.txt")
    (articles / "link.txt").symlink_to(tmp_path / "elsewhere" / "target.txt")
    given = [tmp_path / "elsewhere" / "target.txt", articles]
    found = discover(given if first == "target" else given[::-1])
    assert [(item.id, item.fault) for item in found] == [("target", None)]


def test_many_collections_are_not_open_at_once(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{number}.jsonl" for number in range(20)]
    for name in names:
        (articles / name).write_text('{"id": "a", "text": "Mali"}\n{"id": "b", "text": "Chad"}\n')
    events: list[str] = []

    def watched(path: Path, max_bytes: int, column: str | None) -> Iterator[tuple[str, int | None]]:
        events.append("open")
        yield from members(path, max_bytes, column)
        events.append("close")

    monkeypatch.setattr(discovery, "members", watched)
    assert len(discover([articles / name for name in names])) == 40
    assert events == ["open", "close"] * 20


def test_nothing_named_is_told() -> None:
    with pytest.raises(InputError, match="no article there"):
        discover([])


def test_a_folder_in_it_that_vanishes_does_not_cost_the_others(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(articles, "a.txt", "gone/b.txt", "outputs/c.txt")
    same = Path.samefile

    def samefile(path: Path, other: Path) -> bool:
        if path.name == "gone":
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return same(path, other)

    monkeypatch.setattr(Path, "samefile", samefile)
    assert "a" in [item.id for item in discover([articles], besides=articles / "outputs")]


def test_hidden_files_and_the_output_folder_are_passed_over(articles: Path) -> None:
    make(articles, "a.txt", "._a.txt", ".git/b.txt", "outputs/c.txt")
    assert [item.id for item in discover([articles], besides=articles / "outputs")] == ["a"]


def test_a_file_is_taken_whatever_its_suffix(articles: Path) -> None:
    make(articles, "story.text")
    assert [(item.id, item.name) for item in discover([articles / "story.text"])] == [("story.text", "story.text")]


def test_several_folders_give_their_names_to_the_ids(articles: Path) -> None:
    make(articles, "2024/a.txt", "2025/a.txt", "b.txt")
    inputs = discover([articles / "2025", articles / "b.txt", articles / "2024"])
    assert [item.id for item in inputs] == ["2024/a", "2025/a", "b"]


def test_a_file_named_twice_counts_once(articles: Path) -> None:
    make(articles, "a.txt")
    assert len(discover([articles, articles / "a.txt", articles / ".." / "articles"])) == 1


def test_two_files_of_one_name_are_told_apart(articles: Path) -> None:
    make(articles, "x/a.txt", "y/a.txt")
    ids = [item.id for item in discover([articles / "x" / "a.txt", articles / "y" / "a.txt"])]
    assert len(set(ids)) == 2


def test_links_to_folders_are_not_followed(articles: Path, tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/b.txt")
    make(articles, "a.txt")
    (articles / "link").symlink_to(tmp_path / "elsewhere")
    (articles / "loop").symlink_to(articles)
    assert [item.id for item in discover([articles])] == ["a"]


def test_odd_file_names_are_found_and_named_printably(articles: Path) -> None:
    names = [b"caf\xe9.txt", "🙂\n.txt".encode(), b"n" * 251 + b".txt", b"..txt.txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(articles) + b"/" + name)).write_text("Mali")
    inputs = discover([articles])
    assert {"caf\\xe9.txt", "🙂\\n.txt", "n" * 251 + ".txt"} == {item.name for item in inputs}
    assert all(item.path.read_text() == "Mali" for item in inputs)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing", "articles/missing: no such file or folder; fix: check the path"),
        ("", "articles: no article there; fix: name a folder that holds .txt, .md or .eml files"),
        ("outputs", "outputs: both input and output; fix: name another output folder"),
    ],
)
def test_nothing_to_do_is_told_with_the_way_out(articles: Path, path: str, message: str) -> None:
    (articles / "outputs").mkdir()
    with pytest.raises(InputError) as caught:
        discover([articles / path], besides=articles / "outputs")
    assert str(caught.value).endswith(message)
