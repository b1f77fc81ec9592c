"""The report in a real browser: nothing runs that should not, nothing leaves the folder, and all it can do works."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from brief_extract.batch.folder import OutputFolder
from brief_extract.model import Document
from limits import PATIENCE
from report.samples import OFFSETS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="no browser tests: pip install 'brief-extract[browser]'")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("no browser tests: no chromium or google-chrome on the path", allow_module_level=True)

AXE = Path(os.environ.get("AXE", "node_modules/axe-core/axe.min.js"))
WIDTHS = (390, 1280, 1920)
Open = Callable[..., "Page"]

ARTICLE = "articles/mauritania-fishing-protocol.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens a page of a report from disk; what it logs and what it asks for is held against it at the end."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []
    roots: list[Path] = []

    def visit(outputs: Path, name: str, *, width: int = 1280, scheme: Any = "light", script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            permissions=["clipboard-read", "clipboard-write"],
            reduced_motion="reduce",
        )
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        roots.append(outputs)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((outputs / "report" / name).as_uri())
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not said
    assert not [url for url in asked if not any(url.startswith(root.as_uri()) for root in roots)]


def names(outputs: Path) -> list[str]:
    report = outputs / "report"
    return [path.relative_to(report).as_posix() for path in sorted(report.rglob("*.html"))]


def document(outputs: Path, id: str) -> Document:
    found = OutputFolder(outputs).load(id)
    assert found
    return found


def test_nothing_from_hostile_articles_runs(hostile_outputs: Path, visit: Open) -> None:
    page = visit(hostile_outputs, "index.html")
    for name in names(hostile_outputs):
        page.goto((hostile_outputs / "report" / name).as_uri())
        assert page.evaluate("window.harm") is None
        assert page.locator("main").is_visible()


def test_hostile_rows_are_text_after_a_search_too(hostile_outputs: Path, visit: Open) -> None:
    page = visit(hostile_outputs, "articles.html")
    page.get_by_label("Search").fill("script")
    page.wait_for_selector("tbody a:has-text('<script>')")
    assert page.evaluate("window.harm") is None


@pytest.mark.parametrize("id", ["mauritania-fishing-protocol", "zambia-copper-power", "wire/nairobi-floods"])
def test_every_element_shows_its_exact_place_in_the_source(corpus_outputs: Path, visit: Open, id: str) -> None:
    check_places(visit(corpus_outputs, f"articles/{id}.html"), document(corpus_outputs, id))


def test_places_are_exact_whatever_signs_the_text_holds(hostile_outputs: Path, visit: Open) -> None:
    found = document(hostile_outputs, "offsets")
    assert found.text == OFFSETS
    check_places(visit(hostile_outputs, "articles/offsets.html"), found)


def check_places(page: Page, document: Document) -> None:
    shown = page.evaluate("""() => [...document.querySelectorAll(".reading [data-at]:not(.note)")].map((element) => {
        element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        const lit = document.querySelectorAll("#ui-text .lit");
        return [element.dataset.at, lit.length, lit[0]?.textContent];
    })""")
    assert len(shown) >= len(document.blocks)
    for at, count, text in shown:
        start, end = map(int, at.split(","))
        assert count == 1
        assert text == document.text[start:end].replace("\u200b", "")


def test_hovering_the_source_shows_what_was_read(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, ARTICLE)
    page.locator("#ui-text span", has_text="Fishmeal plants").last.hover()
    assert page.locator(".reading .lit").get_attribute("id") == "list-1.item-2"


def test_the_source_comes_into_view(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, ARTICLE)
    page.locator(".reading > p.block").last.hover()
    lit, pane = (page.locator(place).bounding_box() for place in ("#ui-text .lit", "#ui-text"))
    assert lit
    assert pane
    assert pane["y"] <= lit["y"] < pane["y"] + pane["height"]


def test_the_keyboard_goes_everywhere(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, ARTICLE)
    page.locator("#table-2").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "table-2.cell-6"
    assert page.locator("#ui-text .lit").text_content() == "98,500"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "98,500"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table-2.cell-6"


def test_a_mention_is_found_from_its_entity(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, "entities/country/MR.html")
    page.locator("li", has_text="November 2026").get_by_role("link", name="in the text").click()
    assert page.url.endswith(f"{ARTICLE}#mention-50")
    assert page.locator("#ui-text .lit").text_content() == "Mauritania"


def test_names_are_switched_by_group(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, ARTICLE)
    mention = page.locator(".reading .m.place").first
    before = mention.evaluate("it => getComputedStyle(it).textDecorationLine")
    page.get_by_label("Places").uncheck()
    assert (before, mention.evaluate("it => getComputedStyle(it).textDecorationLine")) == ("underline", "none")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_table_is_copied_as_markdown(corpus_outputs: Path, visit: Open, number: int) -> None:
    page = visit(corpus_outputs, ARTICLE)
    page.get_by_role("button", name="Copy as Markdown").nth(number).click()
    page.get_by_role("button", name="Copied").wait_for()
    table = document(corpus_outputs, "mauritania-fishing-protocol").tables[number]
    assert page.evaluate("navigator.clipboard.readText()") == table.to_markdown()


def test_a_table_is_downloaded(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, ARTICLE)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    table = document(corpus_outputs, "mauritania-fishing-protocol").tables[0]
    assert download.value.path().read_bytes() == table.to_csv().encode()


def test_lists_are_searched_sorted_and_filtered(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, "index.html")
    tables = page.locator("[data-listing=tables]")
    tables.get_by_label("Search").fill("landings SPECIES")
    tables.get_by_text("1 shown").wait_for()
    assert tables.locator("tbody td").first.text_content() == "Species · Landings 2022 (t) · Landings 2024 (t) · Change"
    tables.get_by_label("Search").fill("")
    tables.get_by_label("Kind").select_option("list")
    tables.get_by_text("15 shown").wait_for()
    tables.get_by_role("button", name="Rows").click()
    rows = [int(cell) for cell in tables.locator("tbody td:nth-child(4)").all_text_contents()]
    assert rows == sorted(rows, reverse=True)
    assert tables.locator("th[aria-sort=descending]").text_content() == "Rows"


def test_accents_do_not_hide_a_name(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, "names.html")
    page.get_by_label("Search").fill("szabo")
    page.get_by_role("link", name="Ilona Szabó").wait_for()


def test_a_long_list_is_shown_piece_by_piece(
    corpus_outputs: Path, visit: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brief_extract.report import write_report

    shutil.copytree(corpus_outputs, tmp_path / "outputs")
    monkeypatch.setattr("brief_extract.report.listings.CHUNK", 50)
    write_report(tmp_path / "outputs")
    page = visit(tmp_path / "outputs", "names.html")
    assert page.locator("tbody tr").count() == 100
    page.get_by_role("button", name="Show more").click()
    page.locator("tbody tr").nth(199).wait_for()
    first = page.locator("tbody a").all_text_contents()
    assert len(set(first)) > 190


def test_on_a_phone_the_source_comes_up_from_below(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, ARTICLE, width=390)
    page.locator("#paragraph-2").click(position={"x": 5, "y": 5})
    assert page.locator("#ui-text .lit").is_visible()
    page.get_by_role("button", name="Close").click()
    assert not page.locator(".source.docked").count()


def test_all_is_there_to_read_without_a_script(corpus_outputs: Path, visit: Open) -> None:
    page = visit(corpus_outputs, ARTICLE, script=False)
    assert page.locator(".reading figure").count() == 3
    assert page.locator("#ui-text").text_content() == document(corpus_outputs, "mauritania-fishing-protocol").text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["index.html", "articles.html", ARTICLE, "entities/country/MR.html"])
def test_no_page_is_wider_than_its_window(corpus_outputs: Path, visit: Open, name: str, width: int) -> None:
    page = visit(corpus_outputs, name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.skipif(not AXE.is_file(), reason="no checks of accessibility: npm install axe-core, or AXE=.../axe.min.js")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["index.html", "articles.html", "names.html", ARTICLE, "articles/zambia-copper-power.html",
             "entities/country/MR.html"],
)  # fmt: skip
def test_pages_are_accessible(corpus_outputs: Path, visit: Open, name: str, scheme: str, width: int) -> None:
    page = visit(corpus_outputs, name, width=width, scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ preload: false })")
    told = [
        f"{it['id']}: {it['help']}: {[node['html'][:160] for node in it['nodes'][:3]]}" for it in found["violations"]
    ]
    assert not told
