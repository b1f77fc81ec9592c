"""A document and its damaged forms hold the same tables and lists."""

from __future__ import annotations

import pytest
from hypothesis import given

from brief_extract import Config, Document, extract
from scoring import reading
from strategies import DAMAGES, Article, Part, articles, damage, damages

ARTICLE = Article(
    (
        Part("heading", "Ports Reopen After the Strike"),
        Part("paragraph", "Cranes moved again in Dakar on Monday. The union asked for three things, among them:"),
        Part("list", items=("Pilots for the night shift", "Fuel at the old price", "A new ferry to Gorée")),
        Part("paragraph", "The ministry gave figures for each port. They were read out in Parliament on Friday:"),
        Part(
            "table",
            rows=(("Port", "Ships", "Change"), ("Tema", "1,120", "4.1%"), ("Dakar", "–", "–"), ("Gao", "7", "$2m")),
        ),
        Part("paragraph", "Nobody could say when the tugs would be paid for. The talks go on in Accra."),
    )
)


def lists(document: Document) -> list[tuple[str, ...]]:
    return [tuple(reading(item.text) for item in found.items) for found in document.lists]


def tables(document: Document) -> list[tuple[tuple[str, ...], ...]]:
    return [tuple(tuple(map(reading, row)) for row in (table.columns, *table.rows)) for table in document.tables]


def check(article: Article, text: str) -> None:
    document = extract(text, Config(entities=False))
    assert lists(document) == [tuple(map(reading, items)) for items in article.lists], text
    assert tables(document) == [tuple(tuple(map(reading, row)) for row in rows) for rows in article.tables], text


@pytest.mark.parametrize("name", DAMAGES)
def test_one_damage_changes_no_table_and_no_list(name: str) -> None:
    assert damage(ARTICLE.text, [name]) != ARTICLE.text
    check(ARTICLE, damage(ARTICLE.text, [name]))


@given(articles(), damages())
def test_several_damages_change_no_table_and_no_list(article: Article, names: list[str]) -> None:
    check(article, damage(article.text, names))


@given(articles(), damages())
def test_damage_loses_no_word(article: Article, names: list[str]) -> None:
    document = extract(damage(article.text, names), Config(entities=False))
    words = " ".join(reading(document.text[block.start : block.end]) for block in document.blocks).split()
    assert words == reading(document.text).split()
