"""The report as files: complete, sound, the same again, and without a way in for what an article says."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from brief_extract import Config, InputError, OutputError
from brief_extract.batch import discover, run_batch
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.lock import locked
from brief_extract.report import write_report
from brief_extract.report.links import entity_page, kind_of
from brief_extract.report.pages import Pages
from report.samples import HARM, Page, die_elsewhere, pages


@pytest.fixture(params=["corpus_outputs", "hostile_outputs"])
def outputs(request: pytest.FixtureRequest) -> Path:
    """Either of the reports."""
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def copy(corpus_outputs: Path, tmp_path: Path) -> Path:
    """Outputs that a test may change."""
    shutil.copytree(corpus_outputs, tmp_path / "outputs")
    return tmp_path / "outputs"


def contents(report: Path) -> dict[str, bytes]:
    return {path.relative_to(report).as_posix(): path.read_bytes() for path in report.rglob("*") if path.is_file()}


def test_every_article_and_every_entity_has_its_page(outputs: Path) -> None:
    folder = OutputFolder(outputs)
    report = outputs / "report"
    for id in folder.document_ids():
        document = folder.load(id)
        assert document
        assert (report / "articles" / f"{id}.html").is_file()
        for entity in document.entities:
            assert (report / entity_page(entity.id)).is_file() == bool(kind_of(entity.id))


def test_every_link_leads_somewhere(outputs: Path) -> None:
    ids = {page.path.resolve(): set(page.values("id")) for page in pages(outputs)}
    for page in pages(outputs):
        for link in page.values("href"):
            url = urlsplit(link)
            assert not url.scheme, link
            target = (page.path.parent / unquote(url.path)).resolve() if url.path else page.path.resolve()
            assert target.is_file(), f"{page.path}: {link}"
            if url.fragment:
                assert unquote(url.fragment) in ids[target], f"{page.path}: {link}"


def test_ids_are_used_once(outputs: Path) -> None:
    for page in pages(outputs):
        ids = page.values("id")
        assert len(ids) == len(set(ids)), page.path


def test_pages_hold_no_script_no_style_and_no_handler(outputs: Path) -> None:
    for page in pages(outputs):
        for tag, attributes in page.tags:
            assert tag not in {"style", "iframe", "object", "embed", "img", "form", "base"}, page.path
            assert not [name for name in attributes if name.startswith("on") or name == "style"], page.path
            if tag == "script":
                assert (attributes["src"] or "").endswith("report.js")


def test_pages_forbid_all_but_their_own_script_and_style(outputs: Path) -> None:
    for page in pages(outputs):
        policy = next(its["content"] for _, its in page.tags if its.get("http-equiv") == "Content-Security-Policy")
        assert policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_what_an_article_says_is_shown_as_it_is(hostile_outputs: Path) -> None:
    for number, harm in enumerate(HARM):
        text = Page(hostile_outputs / "report" / "articles" / f"harm-{number}.html").text
        assert re.sub("[\u202c\u202e]", "", harm) in text


def test_signs_that_turn_the_text_around_are_made_visible(hostile_outputs: Path) -> None:
    for page in pages(hostile_outputs):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.path.read_text(encoding="utf-8"))
    turned = Page(hostile_outputs / "report" / "articles" / "harm-6.html")
    assert "U+202E" in turned.values("data-sign")


def test_a_huge_cell_is_cut_and_says_so(hostile_outputs: Path) -> None:
    page = Page(hostile_outputs / "report" / "articles" / "huge-cell.html")
    assert "79,999 more characters" in page.text


def test_a_table_of_many_columns_is_cut_and_says_so(hostile_outputs: Path) -> None:
    page = Page(hostile_outputs / "report" / "articles" / "wide.html")
    assert "2,950 more columns" in page.text
    assert sum("data-at" in its for tag, its in page.tags if tag in ("td", "th")) == 2 * 50


@pytest.mark.slow
def test_an_article_full_of_names_and_signs_does_not_grow_out_of_bounds(tmp_path: Path) -> None:
    rows = "".join(f"| Ministry of Number {number} | \u200b{number} |\n" for number in range(3000))
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "rows.txt").write_text(f"| Name | Count |\n|---|---|\n{rows}", encoding="utf-8")
    run_batch(discover([inputs], besides=tmp_path / "out"), tmp_path / "out", Config())
    write_report(tmp_path / "out")
    size = sum(path.stat().st_size for path in (tmp_path / "out" / "report").rglob("*.html"))
    assert size < 40 * (inputs / "rows.txt").stat().st_size


def test_what_was_set_aside_is_told_with_its_reason(hostile_outputs: Path) -> None:
    overview = Page(hostile_outputs / "report" / "index.html")
    assert "empty" in overview.text
    assert "1 set aside" in overview.text


def test_the_same_again_writes_nothing(copy: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (copy / "report").rglob("*") if path.is_file()}
    write_report(copy)
    assert {path: path.stat().st_mtime_ns for path in (copy / "report").rglob("*") if path.is_file()} == before


def test_a_report_that_was_cut_off_ends_as_one_that_was_not(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = contents(copy / "report")
    shutil.rmtree(copy / "report")
    write, left = Pages.write, iter(range(20))

    def cut_off(self: Pages, name: str, data: bytes) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        write(self, name, data)

    with monkeypatch.context() as patch:
        patch.setattr(Pages, "write", cut_off)
        with pytest.raises(KeyboardInterrupt):
            write_report(copy)
    assert len(contents(copy / "report")) == 20
    write_report(copy)
    assert contents(copy / "report") == whole


def test_several_processes_draw_the_same(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = contents(copy / "report")
    shutil.rmtree(copy / "report")
    monkeypatch.setattr("brief_extract.report.site.WORTH_A_PROCESS", 1)
    monkeypatch.setattr("brief_extract.report.site.CHUNK", 3)
    write_report(copy, jobs=2)
    assert contents(copy / "report") == alone


@pytest.mark.slow
def test_a_page_whose_process_dies_is_drawn_by_another(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as in a batch: a killed process costs no page."""
    alone = contents(copy / "report")
    shutil.rmtree(copy / "report")
    monkeypatch.setattr("brief_extract.report.site.WORTH_A_PROCESS", 1)
    monkeypatch.setattr("brief_extract.report.site.CHUNK", 3)
    monkeypatch.setattr("brief_extract.report.site.draw_articles", die_elsewhere)
    monkeypatch.setenv("SURVIVOR", str(os.getpid()))
    write_report(copy, jobs=2)
    assert contents(copy / "report") == alone


def test_an_article_that_changed_gets_a_new_page(copy: Path) -> None:
    path = copy / "documents" / "wheat-import-bill.json"
    document = json.loads(path.read_bytes())
    document["title"] = "Another title"
    document["source"]["sha256"] = "0" * 64
    path.write_text(json.dumps(document), encoding="utf-8")
    write_report(copy)
    assert "Another title" in (copy / "report" / "articles" / "wheat-import-bill.html").read_text(encoding="utf-8")


def test_pages_of_what_is_gone_go(copy: Path) -> None:
    (copy / "documents" / "wire" / "nairobi-floods.json").unlink()
    (copy / "report" / "notes.txt").write_text("mine", encoding="utf-8")
    write_report(copy)
    report = copy / "report"
    assert (report / "notes.txt").exists()
    assert not (report / "articles" / "wire" / "nairobi-floods.html").exists()
    assert not any("nairobi-floods" in text for text in (page.path.read_text("utf-8") for page in pages(copy)))
    assert not [folder for folder in report.rglob("*") if folder.is_dir() and not any(folder.iterdir())]


FOREIGN = ("index.html", "report.css", "articles/wheat-import-bill.html", "entities/country/CN.html", "data/names-1.js")
"""A page of each sort, which every report on the corpus has."""


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("edited", [False, True])
def test_a_page_that_no_report_wrote_or_that_was_edited_is_not_written_over(
    name: str, edited: bool, copy: Path
) -> None:
    path = copy / "report" / name
    mine = path.read_bytes()[::-1][1000:] + b"mine" + path.read_bytes()[-100:] if edited else b"mine"
    path.write_bytes(mine)
    with pytest.raises(OutputError, match=rf"{name} was {'edited' if edited else 'not written'} .*; fix: .*overwrite"):
        write_report(copy)
    assert path.read_bytes() == mine
    write_report(copy, overwrite=True)
    assert path.read_bytes() != mine


@pytest.mark.slow
def test_a_process_that_meets_such_a_page_tells_it(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = copy / "report" / "articles" / "wheat-import-bill.html"
    path.write_bytes(b"mine")
    monkeypatch.setattr("brief_extract.report.site.WORTH_A_PROCESS", 1)
    with pytest.raises(OutputError, match=r"wheat-import-bill\.html was not written .*; fix: .*overwrite"):
        write_report(copy, jobs=2)
    assert path.read_bytes() == b"mine"


def test_pages_of_others_are_not_removed(copy: Path) -> None:
    report = copy / "report"
    mine = [report / name for name in ("articles/mine.html", "data/mine.js", "entities/country/XX.html")]
    for path in mine:
        path.write_bytes(b"mine")
    edited = report / "articles" / "wire" / "nairobi-floods.html"
    edited.write_bytes(edited.read_bytes().replace(b"Nairobi", b"Mombasa"))
    (copy / "documents" / "wire" / "nairobi-floods.json").unlink()
    write_report(copy)
    assert [path.read_bytes() for path in mine] == [b"mine"] * 3
    assert b"Mombasa" in edited.read_bytes()


def test_a_report_of_an_earlier_version_without_seals_is_replaced(copy: Path) -> None:
    whole = contents(copy / "report")
    for path in (copy / "report").rglob("*.*"):
        content, seal = path.read_bytes()[:-1].rsplit(b"brief-extract wrote this", 1)
        assert len(seal) < 60
        path.write_bytes(content[: content.rindex(b"<!-- " if path.suffix == ".html" else b"/")] + b"\n")
    (copy / "documents" / "wire" / "nairobi-floods.json").unlink()
    write_report(copy)
    kept = {name for name in whole if "nairobi" not in name}
    after = contents(copy / "report")
    assert not any("nairobi" in name for name in after)
    assert after.keys() <= kept


def test_what_an_interrupted_report_left_is_cleared_away(copy: Path) -> None:
    part = copy / "report" / "articles" / ".x.html.brief-extract.part"
    for clear in (lambda: write_report(copy), OutputFolder(copy).clear):
        part.touch()
        clear()
        assert not part.exists()


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no documents; fix: "):
        write_report(tmp_path)


def test_a_folder_that_a_run_writes_to_is_left_alone(copy: Path) -> None:
    with locked(copy), pytest.raises(OutputError, match="another run"):
        write_report(copy)


def test_a_report_that_cannot_be_written_says_so(copy: Path) -> None:
    shutil.rmtree(copy / "report")
    (copy / "report").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match=r"cannot write .*report.*; fix: "):
        write_report(copy)


def test_the_data_of_the_lists_is_complete(corpus_outputs: Path) -> None:
    report = corpus_outputs / "report"
    rows = listing_rows(report)
    folder = OutputFolder(corpus_outputs)
    documents = [document for id in folder.document_ids() if (document := folder.load(id))]
    assert len(rows["articles"]) == len(documents)
    assert len(rows["tables"]) == sum(len(document.tables) + len(document.lists) for document in documents)
    named = {entity.id for document in documents for entity in document.entities if kind_of(entity.id)}
    assert len(rows["names"]) == len(named)


def listing_rows(report: Path) -> dict[str, list[list[str | int]]]:
    rows: dict[str, list[list[str | int]]] = {}
    for path in sorted((report / "data").glob("*.js")):
        call, _, seal = path.read_text(encoding="utf-8").rpartition("// ")
        assert seal.startswith("brief-extract wrote this, digest ")
        assert call.startswith("briefRows(")
        assert call.endswith(");\n")
        name, some = json.loads(f"[{call.removeprefix('briefRows(').removesuffix(');' + chr(10))}]")
        rows.setdefault(name, []).extend(some)
    return rows


def test_an_index_of_many_rows_stays_small(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brief_extract.report.listings.ROWS", 5)
    monkeypatch.setattr("brief_extract.report.listings.CHUNK", 4)
    write_report(copy)
    articles = Page(copy / "report" / "articles.html")
    assert sum(tag == "td" for tag, _ in articles.tags) == 5 * 6
    assert "The first 5 of 12" in articles.text
    assert len(listing_rows(copy / "report")["articles"]) == 12
    assert len(list((copy / "report" / "data").glob("articles-*.js"))) == 3


def test_an_entity_named_often_has_several_pages(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Page(copy / "report" / "entities" / "country" / "CN.html")
    monkeypatch.setattr("brief_extract.report.entity.PASSAGES", 4)
    write_report(copy)
    parts = [Page(path) for path in (copy / "report" / "entities" / "country").glob("CN*.html")]
    passages = [sum(tag == "q" for tag, _ in page.tags) for page in parts]
    assert len(parts) > 1
    assert max(passages) == 4
    assert sum(passages) == sum(tag == "q" for tag, _ in whole.tags)
