"""Ids: readable, unique, and never a way out of the output folder."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract.batch.ids import MAX_BYTES, assign_ids, safe_id

# What file names are made of, with the signs that cause trouble more often than chance would have it.
PARTS = st.text(alphabet=st.characters(exclude_categories=()) | st.sampled_from("aA./\\%~: é\udce9"), max_size=8)
NAMES = st.lists(PARTS | st.sampled_from(["..", "a.txt", "A.txt", "a.md", "a.json", "nul.txt"]), min_size=1).map(
    "/".join
)


def ids(*names: str) -> list[str]:
    return assign_ids(names, apart=[str(number) for number in range(len(names))])


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("mali.txt", "mali"),
        ("2025/Mali-talks_2.MD", "2025/Mali-talks_2"),
        ("Élections à Bamako.txt", "Élections-à-Bamako"),
        ("選挙.txt", "選挙"),
        ("01 rail strike.txt", "01-rail-strike"),
        (" Mali: what next?.txt", "Mali-what-next"),
        ("हिन्दी समाचार.txt", "हिन्दी-समाचार"),
        (unicodedata.normalize("NFD", "café.txt"), "café"),
        ("-rf.txt", "rf"),
        ("v1.2.txt", "v1.2"),
        ("notes.log", "notes.log"),
        ("a\nb.txt", "a-b"),
        ("caf\udce9.txt", "caf"),
        ("🙂.txt", "%F0%9F%99%82"),
        ("100%.txt", "100"),
        ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\boot.txt", "C-boot"),
        ("....txt", "%2E%2E%2E"),
        ("con.txt", "%63on"),
        ("a.json/b.txt", "a-json/b"),
        ("table-1.csv.txt", "table-1-csv"),
    ],
)
def test_an_id_is_the_path_without_suffix_made_safe(name: str, id: str) -> None:
    assert [id] == ids(name)


def test_names_that_differ_in_signs_alone_are_told_apart_by_a_digest() -> None:
    first, second = ids("rail strike.txt", "rail-strike.txt")
    assert re.fullmatch(r"rail-strike\.txt~[0-9a-f]{16}", first)
    assert first != second


def test_names_that_share_an_id_keep_their_suffix() -> None:
    assert ids("a.txt", "a.md", "b.md") == ["a.txt", "a.md", "b"]


def test_names_that_differ_in_case_or_normal_form_are_told_apart_by_a_digest() -> None:
    for one, other in [("Mali.txt", "mali.txt"), ("é.txt", unicodedata.normalize("NFD", "é.txt")), ("ﬁ.md", "fi.md")]:
        first, second = ids(one, other)
        assert first.casefold() != second.casefold()
    assert re.fullmatch(r"Mali\.txt~[0-9a-f]{16}", ids("Mali.txt", "mali.txt")[0])


def test_a_long_name_is_cut_and_marked_by_a_digest() -> None:
    first, second = ids("é" * 120 + "1.txt", "é" * 120 + "2.txt")
    assert len(first.encode()) <= MAX_BYTES
    assert re.fullmatch(r"é+~[0-9a-f]{16}", first)
    assert first != second


def test_a_cut_does_not_split_an_escape() -> None:
    for length in range(170, 190):
        assert re.fullmatch(r"a*(/(%20)*)?~[0-9a-f]{16}", safe_id("a" * length + "/" + " " * 20))


@given(NAMES)
def test_an_id_stays_in_the_folder_it_is_put_in(name: str) -> None:
    id = safe_id(name)
    assert 0 < len(id.encode()) <= MAX_BYTES
    for part in id.split("/"):
        assert part
        assert not part.startswith((".", "-"))
        assert not part.endswith((".", ".json", ".csv"))
        assert all(unicodedata.category(char)[0] in "LMN" or char in "-_.%~" for char in part)


@given(st.lists(NAMES, max_size=12, unique=True))
def test_ids_are_unique_on_any_file_system_and_depend_on_the_set_alone(names: list[str]) -> None:
    assigned = assign_ids(names, apart=names)
    folded = {unicodedata.normalize("NFC", id).casefold() for id in assigned}
    assert len(folded) == len(names)
    assert assigned[::-1] == assign_ids(names[::-1], apart=names[::-1])
