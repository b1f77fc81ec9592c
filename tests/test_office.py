"""Office documents: their headings, lists and tables come out as the marks that the reader knows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from typer.testing import CliRunner

from brief_extract import Config, Document, extract
from brief_extract.batch import discover, passed_over, run_batch
from brief_extract.cli import app
from brief_extract.errors import ReadError
from brief_extract.office import SIZE_FACTOR, Office, read_office
from brief_extract.read import Source, sha256

TEXT = """# Ports reopen

Ghana and Togo opened two ports.

## Traffic

- fuel
  - from Togo
- pilots

1. first

| Port | Ships |
| --- | --- |
| Tema | 12 |
| Lomé \\| west |  |

The end.
"""
HEAD = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODT = f"""<?xml version="1.0"?><office:document-content {HEAD}><office:automatic-styles>
<style:style style:name="P1" style:parent-style-name="Title"/>
<text:list-style style:name="N"><text:list-level-style-number text:level="1"/></text:list-style>
</office:automatic-styles><office:body><office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
<text:p text:style-name="P1">Ports <text:span>reopen</text:span></text:p>
<text:section><text:p>Ghana<text:s/>and Togo<text:note><text:p>a note</text:p></text:note>
opened two ports.</text:p></text:section>
<text:h text:outline-level="2">Traffic</text:h>
<text:list><text:list-item><text:p>fuel</text:p><text:list><text:list-item><text:p>from Togo</text:p></text:list-item>
</text:list></text:list-item><text:list-item><text:p>pilots</text:p></text:list-item></text:list>
<text:p/>
<text:list text:style-name="N"><text:list-item><text:p>first</text:p></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell>
<table:table-cell><text:p>Ships</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell><text:p>Tema</text:p></table:table-cell><table:table-cell><text:p>12</text:p>
</table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row><table:table-cell><text:p>Lomé | west</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row></table:table>
<text:p>The end.</text:p></office:text></office:body></office:document-content>"""
RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}{\f1\fcharset2 Symbol;}}
{\stylesheet{\s1\outlinelevel0 heading 1;}}{\info{\title Not this}}
\pard\plain\s1\outlinelevel0\b Ports reopen\par
\pard\plain Ghana and {\field{\*\fldinst{HYPERLINK "http://a.example"}}{\fldrslt Togo}} opened two ports.\par
\pard\plain\s2\outlinelevel1 Traffic\par
\pard{\listtext\f1\'b7\tab}fuel\par
{\listtext\f1\'b7\tab}pilots\par
\pard\par
{\listtext 1.\tab}first\par
\trowd\cellx100\cellx200\pard\intbl Port\cell Ships\cell\row
\trowd\cellx100\cellx200\pard\intbl Tema\cell 12\cell\row
\pard The end, \u321?\'f3d\'9f.\par}"""


def saved(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def word() -> Any:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "Ports", " Ama "
    document.add_heading("Ports reopen", 0)
    document.add_paragraph("Ghana and Togo opened two ports.")
    document.add_heading("Traffic", 2)
    for style, text in (("", "fuel"), (" 2", "from Togo"), ("", "pilots")):
        document.add_paragraph(text, style=f"List Bullet{style}")
    document.add_paragraph()
    document.add_paragraph("first", style="List Number")
    table = document.add_table(3, 2)
    for cell, text in zip(table._cells, ["Port", "Ships", "Tema", "12", "Lomé | west", ""], strict=True):
        cell.text = text
    document.add_paragraph("The end.")
    return document


def odt(content: str = ODT) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", f"<office:meta {HEAD}><dc:title>Ports</dc:title></office:meta>")
    return data.getvalue()


def read(data: bytes, form: Office, max_bytes: int = 1_000_000) -> Source:
    return read_office(data, form, name=f"a.{form}", max_bytes=max_bytes)


class TestWord:
    def test_its_parts_are_markdown_that_the_reader_knows(self) -> None:
        source = read(saved(word()), "docx")
        assert source.text == TEXT.replace("\n\n1. first", "\n1. first")
        assert source.extra == {"title": "Ports", "author": "Ama"}
        assert source.sha256 == sha256(saved(word()))
        document = extract(source.text, entities=False)
        assert [heading.text for heading in document.headings] == ["Ports reopen", "Traffic"]
        assert [item.depth for item in document.lists[0].items] == [0, 1, 0]
        assert document.tables[0].rows == (("Tema", "12"), ("Lomé | west", ""))
        assert not document.issues

    def test_insertions_count_and_what_was_deleted_does_not(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("Mali ")
        for tag, text in (("del", "delText"), ("moveFrom", "t"), ("ins", "t")):
            inner = f"<w:r><w:{text}>{tag}erted</w:{text}></w:r>"
            inner += "" if tag == "ins" else "<w:r><w:tab/></w:r>"
            paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')}>{inner}</w:{tag}>"))
        assert read(saved(document), "docx").text == "Mali inserted\n"

    def test_a_box_that_is_there_in_two_forms_counts_once(self) -> None:
        document = docx.Document()
        box = "<w:r><w:t>boxed</w:t></w:r>"
        both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        document.add_paragraph()._p.append(
            parse_xml(f"<mc:AlternateContent {space} {nsdecls('w')}>{both}</mc:AlternateContent>")
        )
        assert read(saved(document), "docx").text == "boxed\n"

    def test_a_content_control_is_no_wall(self) -> None:
        document = docx.Document()
        document.element.body.insert(
            0,
            parse_xml(
                f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>held</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            ),
        )
        assert read(saved(document), "docx").text == "held\n"

    def test_a_numbering_of_its_own_makes_a_list_and_an_outline_level_a_heading(self) -> None:
        document = docx.Document()
        for tag, values in (("numPr", {"ilvl": "1", "numId": "1"}), ("outlineLvl", None)):
            element = OxmlElement(f"w:{tag}")
            if values is None:
                element.set(qn("w:val"), "2")
            for name, value in (values or {}).items():
                child = OxmlElement(f"w:{name}")
                child.set(qn("w:val"), value)
                element.append(child)
            document.add_paragraph(tag)._p.get_or_add_pPr().append(element)
        assert read(saved(document), "docx").text == "  - numPr\n\n### outlineLvl\n"

    def test_an_item_whose_numbering_was_taken_away_is_a_paragraph(self) -> None:
        document = docx.Document()
        element = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>')
        document.add_paragraph("plain", style="List Bullet")._p.get_or_add_pPr().append(element)
        assert read(saved(document), "docx").text == "plain\n"

    def test_a_cell_over_two_columns_keeps_the_columns_below(self) -> None:
        document = docx.Document()
        table = document.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "both"
        table.cell(0, 2).text = "c"
        for at in range(3):
            table.cell(1, at).text = str(at)
        assert read(saved(document), "docx").text == "| both |  | c |\n| --- | --- | --- |\n| 0 | 1 | 2 |\n"

    def test_a_frame_around_a_text_is_no_table(self) -> None:
        document = docx.Document()
        document.add_table(1, 1).cell(0, 0).text = "Mali waits."
        assert read(saved(document), "docx").text == "Mali waits.\n"


class TestOpenDocument:
    def test_its_parts_are_the_same_markdown(self) -> None:
        source = read(odt(), "odt")
        assert source.text == TEXT.replace("\n\n1. first", "\n1. first")
        assert source.extra == {"title": "Ports"}

    def test_entities_draw_nothing_in(self) -> None:
        secret = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        made = ODT.replace("<office:document-content", secret + "<office:document-content", 1)
        text = read(odt(made.replace("The end.", "The end. &x;")), "odt").text
        assert "root" not in text
        assert "The end." in text

    @pytest.mark.parametrize("what", ["columns", "rows"])
    def test_a_text_repeated_without_end_is_refused(self, what: str) -> None:
        cell = f"<table:table-cell table:number-{what}-repeated='900'><text:p>{'x' * 9000}</text:p></table:table-cell>"
        row = f"<table:table-row table:number-{what}-repeated='900'>{cell}</table:table-row>"
        with pytest.raises(ReadError, match="larger than 4,000,000 bytes"):
            read(odt(ODT.replace("</table:table>", f"{row}</table:table>")), "odt", 100_000)


class TestRtf:
    def test_its_parts_are_the_same_markdown(self) -> None:
        expected = TEXT.replace("\n\n1. first", "\n1. first").replace("  - from Togo\n", "")
        expected = expected.replace("| Lomé \\| west |  |\n", "").replace("The end.", "The end, Łódź.")
        assert read(RTF.encode().replace(b"\\'9f", b"\\u378?"), "rtf").text == expected


@pytest.mark.parametrize("form", ["docx", "odt", "rtf"])
class TestAny:
    def test_what_is_no_such_file_is_damaged(self, form: Office) -> None:
        with pytest.raises(ReadError, match=rf"a\.{form}: no \.{form} file that can be read") as raised:
            read(b"Mali waits.", form)
        assert raised.value.code == "damaged"

    def test_one_that_is_too_large_is_refused(self, form: Office) -> None:
        data = {"docx": saved(word()), "odt": odt(), "rtf": RTF.encode()}[form]
        for most in (len(data) // SIZE_FACTOR - 1, 10):
            with pytest.raises(ReadError, match="larger than"):
                read(data, form, most)

    def test_without_the_extra_the_message_says_how_to_get_it(
        self, form: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("office", "batch.discovery", "cli.batch"):
            monkeypatch.setattr(f"brief_extract.{module}.can_read_office", lambda: False)
        fix = "pip install 'brief-extract[office]'"
        with pytest.raises(ReadError, match=r"brief-extract\[office\]"):
            read(b"", form)
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / f"a.{form}").write_bytes(b"")
        (tmp_path / "in" / "b.txt").write_text("Mali waits.")
        result = CliRunner().invoke(app, ["--no-entities", str(tmp_path / "in"), str(tmp_path / "out")])
        assert f"not read: 1 .{form}; office documents need {fix}\n" in result.stdout


@pytest.mark.parametrize("form", ["docx", "odt"])
@pytest.mark.parametrize(("part", "size"), [("content.xml", 100_001), ("picture.png", 400_001)])
def test_an_archive_that_unpacks_to_far_more_is_refused(form: Office, part: str, size: int) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b" " * size)
    with pytest.raises(ReadError, match=r"larger than 400,000 bytes") as raised:
        read(data.getvalue(), form, 10_000)
    assert raised.value.code == "too-large"


def test_documents_of_a_folder_are_articles(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name, data in {"a.docx": saved(word()), "b.ODT": odt(), "c.rtf": RTF.encode(), "~$a.docx": b"ama"}.items():
        (folder / name).write_bytes(data)
    config = Config(entities=False, timeout=0)
    report = run_batch(discover([folder]), output, config)
    assert (report.done, report.failures) == (3, [])
    assert passed_over([folder]) == {".docx": 1}
    document = Document.from_file(output / "documents" / "a.json")
    assert (document.source.name, document.source.extra["author"]) == ("a.docx", "Ama")
    assert document.tables[0].rows[0] == ("Tema", "12")
    assert run_batch(discover([folder]), output, config).skipped == 3
