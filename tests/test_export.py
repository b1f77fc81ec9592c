"""Exports, each read back by what it is made for, and equal to the documents."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import spacy
from spacy.tokens import DocBin
from spacy.training import converters
from typer.testing import CliRunner, Result

from brief_extract import Document, extract
from brief_extract.cli import app
from brief_extract.cli.messages import CANNOT_GO_ON, DONE, SET_ASIDE, USAGE
from brief_extract.export import STREAMS, chunks
from brief_extract.export.chunks import chunks_of

ARTICLE = """# Ports reopen

Ghana and Togo opened two ports, said the African Union.

Ghana's minister met Faure Gnassingbé in Lomé.

## Traffic

Table 1: Ships a day

| Port | Ships |
|---|---|
| Tema | 12 |
| Lomé | 9 |
| Abidjan, Ivory Coast | 14 |

- fuel from Togo
- pilots
"""


@pytest.fixture(scope="module")
def doc() -> Document:
    return extract(ARTICLE, id="wire/ports")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run over two articles."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "in").mkdir()
    (folder / "in" / "ports.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "in" / "quiet.txt").write_text("Nothing happened today.\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["-q", str(folder / "in"), str(folder / "out")]).exit_code == DONE
    return folder / "out"


def export(outputs: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["export", str(outputs), "--to", *arguments])


def tables(made: Iterable[Any]) -> int:
    return sum(chunk.kind == "table" for chunk in made)


def written(target: Any, documents: Iterable[Document]) -> bytes:
    return b"".join(STREAMS[target](documents))


class TestChunks:
    def test_each_has_its_section_its_place_and_its_names(self, doc: Document) -> None:
        prose, table, items = chunks_of(doc)
        assert (prose.id, prose.title, prose.section, prose.kind) == (
            "wire/ports#1",
            "Ports reopen",
            ("Ports reopen",),
            "prose",
        )
        assert ARTICLE[prose.start : prose.end] == prose.text
        assert prose.entities[:2] == ("country/GH", "country/TG")
        assert items.section == ("Ports reopen", "Traffic")
        assert items.text == "- fuel from Togo\n- pilots"
        assert table.blocks == ("table-1",)

    def test_a_table_is_cut_between_rows_and_keeps_its_header(
        self, doc: Document, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(chunks, "MOST", 100)
        pieces = [chunk for chunk in chunks_of(doc) if chunk.kind == "table"]
        heads = {"\n".join(piece.text.splitlines()[:3]) for piece in pieces}
        assert len(pieces) > 1
        assert heads == {"Table 1: Ships a day\n\n| Port                 | Ships |"}
        rows = [line for piece in pieces for line in piece.text.splitlines()[4:]]
        assert rows == doc.tables[0].to_markdown().splitlines()[2:]
        assert (pieces[0].start, pieces[-1].end) == (ARTICLE.index("Table 1"), doc.tables[0].end)
        assert pieces[0].end < pieces[1].start

    def test_nothing_is_lost_and_nothing_told_twice(self, doc: Document, monkeypatch: pytest.MonkeyPatch) -> None:
        for most in (1, 60, 10_000):
            monkeypatch.setattr(chunks, "MOST", most)
            made = list(chunks_of(doc))
            texts = "\n".join(chunk.text for chunk in made)
            for paragraph in doc.paragraphs:
                times = tables(made) if paragraph.text.startswith("Table 1") else 1
                assert texts.count(paragraph.text) == times
            assert all(one.end <= other.start for one, other in pairwise(made))
            assert all(chunk.kind == "table" or len(chunk.text) <= most or len(chunk.blocks) == 1 for chunk in made)

    def test_nothing_crosses_a_section(self) -> None:
        text = "Before it all, nothing had a title.\n\n# A\n\nOne said so.\n\n## B\n\nTwo said so.\n"
        made = list(chunks_of(extract(text, entities=False)))
        assert [chunk.section for chunk in made] == [(), ("A",), ("A", "B")]

    def test_lines_of_json(self, doc: Document) -> None:
        lines = written("chunks", [doc, doc]).splitlines()
        assert [json.loads(line)["id"] for line in lines] == ["wire/ports#1", "wire/ports#2", "wire/ports#3"] * 2


def test_spacy_reads_the_training_data(doc: Document) -> None:
    to_docs: Any = converters.conll_ner_to_docs  # type: ignore[attr-defined]
    text = written("conll", [doc, doc]).decode()
    read = list(to_docs(text, n_sents=1, no_print=True))
    ents = [(ent.text.replace(" ", ""), ent.label_) for one in read for ent in one.ents]
    assert ents == [(mention.text.replace(" ", ""), mention.label) for mention in doc.mentions] * 2
    assert text.count("-DOCSTART-") == 2


def test_spacy_reads_its_own_form(doc: Document) -> None:
    store = DocBin().from_bytes(written("spacy", [doc]))
    (read,) = store.get_docs(spacy.blank("en").vocab)
    assert read.text == doc.text
    assert read.user_data["id"] == doc.id
    assert [(ent.start_char, ent.end_char, ent.label_, ent.kb_id_) for ent in read.ents] == [
        (mention.start, mention.end, mention.label, mention.entity or "") for mention in doc.mentions
    ]


def test_networkx_reads_the_graph(doc: Document) -> None:
    graph = nx.read_graphml(io.BytesIO(written("graphml", [doc, doc])))
    assert set(graph.nodes) == {entity.id for entity in doc.entities}
    ghana = graph.nodes["country/GH"]
    assert ghana == {"name": "Ghana", "label": "GPE", "mentions": 4, "articles": 2}
    assert graph.edges["country/GH", "country/TG"] == {"weight": 2}
    assert not graph.is_directed()


LABELLING = """<View><Labels name="label" toName="text"><Label value="GPE"/><Label value="ORG"/></Labels>
<Text name="text" value="$text"/></View>"""


class TestLabelStudio:
    def test_its_converter_reads_predictions_that_were_accepted(self, doc: Document, tmp_path: Path) -> None:
        converter = pytest.importorskip("label_studio_converter")
        tasks = json.loads(written("label-studio", [doc, doc]))
        for number, task in enumerate(tasks, 1):  # what the server does with an imported task
            task |= {"id": number, "annotations": task.pop("predictions")}
        (tmp_path / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
        made = converter.Converter(LABELLING, str(tmp_path), download_resources=False)
        made.convert(str(tmp_path / "tasks.json"), str(tmp_path / "out"), "JSON_MIN", is_dir=False)
        read = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
        assert [(one["document"], one["title"], one["text"]) for one in read] == [(doc.id, doc.title, doc.text)] * 2
        assert [(it["start"], it["end"], *it["labels"]) for it in read[1]["label"]] == [
            (mention.start, mention.end, mention.label) for mention in doc.mentions
        ]

    def test_a_region_keeps_its_entity_and_points_to_both_tags(self, doc: Document) -> None:
        (task,) = json.loads(written("label-studio", [doc]))
        (prediction,) = task["predictions"]
        first = prediction["result"][0]
        assert (first["id"], first["from_name"], first["to_name"], first["type"]) == (
            "mention-1",
            "label",
            "text",
            "labels",
        )
        assert first["meta"] == {"entity": ["country/GH"]}
        assert prediction["model_version"] == doc.generator.model
        assert {it["from_name"] for it in prediction["result"]} == {"label"}

    def test_no_documents_are_an_empty_array(self) -> None:
        assert json.loads(written("label-studio", [])) == []


class TestElasticsearch:
    def test_bulk_is_an_action_and_a_source_for_each_article(self, doc: Document) -> None:
        data = written("elasticsearch", [doc, doc])
        lines = [json.loads(line) for line in data.splitlines()]
        assert data.endswith(b"\n")  # the last line too, or the server refuses all
        assert lines[0::2] == [{"index": {"_id": "wire/ports"}}] * 2
        assert len(lines) == 4

    def test_the_source_is_the_document(self, doc: Document) -> None:
        source = json.loads(written("elasticsearch", [doc]).splitlines()[1])
        assert (source["title"], source["headings"]) == ("Ports reopen", ["Ports reopen", "Traffic"])
        assert all(paragraph.text in source["body"] for paragraph in doc.paragraphs)
        assert "| Abidjan, Ivory Coast | 14    |" in source["body"]
        assert source["tables"] == [{"id": "table-1", "columns": ["Port", "Ships"], "rows": 3}]
        assert [entity["id"] for entity in source["entities"]] == [entity.id for entity in doc.entities]
        assert source["countries"] == ["TG", "CI", "GH"]


class TestCommand:
    def test_markdown_is_a_file_for_each_article(self, outputs: Path, tmp_path: Path) -> None:
        assert export(outputs, "markdown", "-o", str(tmp_path / "md")).exit_code == DONE
        ports = Document.from_file(outputs / "documents" / "ports.json")
        assert (tmp_path / "md" / "ports.md").read_text(encoding="utf-8") == ports.to_markdown()
        assert export(outputs, "markdown").exit_code == USAGE

    @pytest.mark.parametrize("target", list(STREAMS))
    def test_the_file_is_what_goes_to_stdout(self, target: str, outputs: Path, tmp_path: Path) -> None:
        assert export(outputs, target, "--output", str(tmp_path / "x")).exit_code == DONE
        assert (tmp_path / "x").read_bytes() == export(outputs, target).stdout_bytes != b""

    def test_a_file_that_is_there_is_kept(self, outputs: Path, tmp_path: Path) -> None:
        (tmp_path / "x").write_text("mine")
        refused = export(outputs, "chunks", "-o", str(tmp_path / "x"))
        assert refused.exit_code == CANNOT_GO_ON
        assert "is there already; fix: name another one, or --overwrite" in refused.stderr
        assert (tmp_path / "x").read_text() == "mine"
        assert export(outputs, "chunks", "-o", str(tmp_path / "x"), "--overwrite").exit_code == DONE

    def test_a_folder_without_documents_is_told(self, tmp_path: Path) -> None:
        result = export(tmp_path, "chunks")
        assert result.exit_code == CANNOT_GO_ON
        assert "no documents/ in it; fix: name the folder that a run wrote to" in result.stderr

    def test_a_damaged_document_costs_no_other_one(self, tmp_path: Path) -> None:
        (tmp_path / "documents").mkdir()
        extract("Mali waits.", entities=False, id="b").save(tmp_path / "documents" / "b.json")
        (tmp_path / "documents" / "a.json").write_text("{")
        result = export(tmp_path, "chunks")
        assert result.exit_code == SET_ASIDE
        assert json.loads(result.stdout)["document"] == "b"
        assert result.stderr.startswith("error: left out: ")
