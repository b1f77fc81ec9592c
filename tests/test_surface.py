"""The document as users of pandas, spaCy and notebooks expect it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, assert_type

import msgspec
import pytest

from brief_extract import (
    Config,
    Document,
    Entity,
    Extractor,
    Failure,
    Mention,
    Options,
    SchemaError,
    Section,
    extract,
    extract_file,
    extract_files,
)
from brief_extract.model import Block, Heading

ARTICLE = """# Ports reopen

Cranes moved again in Ghana and Togo on Monday, said the Ghana ports authority.

| Port | Wait | Term |
|---|---|---|
| Tema | 12% | 6 years |
| Lomé | 9% | €57m |
|  | n/a | 5 |

## Tema

- pilots
- fuel <from Togo>
"""


@pytest.fixture(scope="module")
def doc() -> Document:
    return extract(ARTICLE)


class TestLookUp:
    def test_an_id_is_found_or_not(self, doc: Document) -> None:
        assert "table-1.cell-2" in doc
        assert "table-9" not in doc
        assert doc.get("list-1.item-2") is doc.lists[0].items[1]
        assert doc.get("table-9") is None

    def test_an_unknown_id_is_refused_with_a_sentence(self, doc: Document) -> None:
        with pytest.raises(KeyError, match="'table-9' is no id of this document"):
            doc["table-9"]

    def test_iteration_gives_the_blocks(self, doc: Document) -> None:
        blocks: Iterator[Block] = iter(doc)
        assert list(blocks) == list(doc.blocks)

    def test_entities_and_mentions(self, doc: Document) -> None:
        ghana = assert_type(doc.entity("country/GH"), Entity)
        assert ghana.name == "Ghana"
        assert assert_type(doc.ents, tuple[Mention, ...]) == doc.mentions
        with pytest.raises(KeyError, match="'country/XX': no such entity is named"):
            doc.entity("country/XX")

    def test_countries_are_those_named_and_pointed_to_with_their_mentions(self, doc: Document) -> None:
        mentions = [mention.entity for mention in doc.mentions]
        assert list(doc.countries) == ["TG", "GH"]
        assert doc.countries["GH"] == mentions.count("country/GH")

    def test_the_type_of_a_block_narrows_it(self, doc: Document) -> None:
        block = doc.blocks[0]
        assert block.type == "heading"
        assert assert_type(block, Heading).level == 1


class TestSections:
    def test_a_section_knows_its_blocks_and_its_text(self, doc: Document) -> None:
        outer, inner = doc.sections
        assert [block.id for block in inner.blocks] == ["heading-2", "list-1"]
        assert outer.blocks == doc.blocks
        assert inner.text == "## Tema\n\n- pilots\n- fuel <from Togo>\n"

    def test_a_section_ends_where_the_next_begins(self) -> None:
        two = extract("# A\n\nOne said so.\n\n# B\n\nTwo said so.\n", entities=False)
        assert [[block.id for block in section.blocks] for section in two.sections] == [
            ["heading-1", "paragraph-1"],
            ["heading-2", "paragraph-2"],
        ]

    def test_a_section_belongs_to_the_document_it_was_read_with(self, doc: Document) -> None:
        again = Document.from_json(doc.to_json())
        assert again == doc
        assert again.sections[1].blocks[0] is again.blocks[-2]
        copied = msgspec.structs.replace(doc, blocks=doc.blocks[:1])
        assert [block.id for block in copied.sections[0].blocks] == ["heading-1"]
        assert doc.sections[0].blocks == doc.blocks

    def test_a_section_of_no_document_says_so(self) -> None:
        with pytest.raises(ValueError, match=r"section-1 is of no document; fix: take it from document\.sections"):
            _ = Section(id="section-1", start=0, end=1, heading=None, level=1, path=()).blocks


class TestTables:
    def test_context_takes_an_id(self, doc: Document) -> None:
        assert doc.context("table-1") == doc.context(doc.tables[0])
        with pytest.raises(KeyError, match="'heading-1' is no table or list"):
            doc.context("heading-1")


class TestForms:
    def test_frames_have_the_rows_and_types_of_the_files(self, doc: Document) -> None:
        frames = doc.frames()
        assert frames["cells"]["text"].tolist() == [cell.text for cell in doc.tables[0].cells]
        assert {column: str(kind) for column, kind in frames["countries"].dtypes.items()} == {
            "document": "string",
            "country": "string",
            "country_name": "string",
            "mentions": "Int64",
            "entities": "Int64",
        }
        assert doc.mentions_frame()["text"].tolist() == [mention.text for mention in doc.mentions]

    def test_a_document_without_names_has_frames_too(self) -> None:
        frames = extract("", entities=False).frames()
        assert {name: len(frame) for name, frame in frames.items() if len(frame)} == {"documents": 1}

    def test_saved_and_read_again(self, doc: Document, tmp_path: Path) -> None:
        doc.save(tmp_path / "doc.json")
        assert Document.from_file(tmp_path / "doc.json") == doc
        (tmp_path / "other.json").write_text(json.dumps({"schema": "x"}))
        with pytest.raises(SchemaError, match=r"other\.json: schema is 'x'"):
            Document.from_file(tmp_path / "other.json")

    def test_html_marks_names_and_escapes_the_rest(self, doc: Document) -> None:
        html = doc._repr_html_()
        assert html.count("<mark") == len(doc.mentions)
        assert 'title="GPE country/TG"' in html
        assert "fuel &lt;from <mark" in html
        assert "<h2>Ports reopen</h2>" in html
        assert "<th>Wait</th>" in html

    def test_html_escapes_a_name_too(self, doc: Document) -> None:
        name = msgspec.structs.replace(doc.mentions[0], text="Cranes <b>", block="paragraph-1", item=None, cell=None)
        block = msgspec.structs.replace(doc.paragraphs[0], text="Cranes <b> moved")
        html = msgspec.structs.replace(doc, blocks=(block,), mentions=(name,))._repr_html_()
        assert "Cranes &lt;b&gt;</mark> moved" in html


class TestCalls:
    def test_options_are_keywords(self) -> None:
        assert extract("Mali waits.", entities=False).mentions == ()
        assert extract("Mali waits.", Config(entities=False), lines="wrapped").mentions == ()
        assert Extractor(heading_threshold=0.9).config == Config(heading_threshold=0.9)

    def test_the_keywords_are_those_of_config(self) -> None:
        assert list(Options.__annotations__) == list(Config.__struct_fields__)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"entities": "yes"}, "entities is 'yes', of type str; give True or False"),
            ({"heading_threshold": "0.5"}, "heading_threshold is '0.5', of type str; give a number"),
            ({"max_bytes": True}, "max_bytes is True, of type bool; give a whole number"),
            ({"lines": None}, "lines is None, of type NoneType; give a string"),
            ({"models": ["fr"]}, r"models is \['fr'\], of type list; give a dict of codes and pipelines"),
            ({"entity": True}, "'entity' is no option; options are entities, places, home, "),
        ],
    )
    def test_a_wrong_option_is_refused_with_a_sentence(self, options: dict[str, Any], message: str) -> None:
        with pytest.raises(TypeError, match=message):
            extract("Mali", **options)

    def test_files_in_order_failures_among_them(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Mali waits.")
        (tmp_path / "b.txt").write_bytes(b"%PDF-1.7\n\x00")
        paths = [tmp_path / name for name in ("a.txt", "b.txt", "a.txt", "c.txt")]
        outcomes = list(extract_files(paths, entities=False))
        assert [outcome.id for outcome in outcomes] == ["a", "b", "a", "c"]
        assert [type(outcome) for outcome in outcomes] == [Document, Failure, Document, Failure]
        assert outcomes[0] == outcomes[2] == extract_file(paths[0], entities=False)

    def test_pipe_returns_what_is_no_text_as_a_failure(self) -> None:
        texts = ["Mali waits.", None, "Niger waits."]
        first, second, third = Extractor(entities=False).pipe(texts, errors="return")
        assert isinstance(first, Document)
        assert second == Failure(
            id="text-2",
            stage="read",
            code="damaged",
            message="text 2: of type NoneType, not a string; fix: give the article as a string",
        )
        assert isinstance(third, Document)
        pairs = Extractor(entities=False).pipe([(None, 1), ("Chad waits.", 2)], as_tuples=True, errors="return")
        assert [(type(outcome), number) for outcome, number in pairs] == [(Failure, 1), (Document, 2)]
