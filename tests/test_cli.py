"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from brief_extract import Document
from brief_extract.batch import projections, worker
from brief_extract.cli import app
from brief_extract.cli.messages import CANNOT_GO_ON, DONE, FAULT, SET_ASIDE, SIGNALLED, USAGE
from brief_extract.schema import schema_bytes
from brief_extract.views import columns

ARTICLE = "Mali closes its border\n\nTwo reasons:\n\n- Cost\n- Safety\n\n| Year | Posts |\n|---|---|\n| 2025 | 70 |\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """One article in a folder of its own."""
    path = tmp_path / "articles" / "mali.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE)
    return path


def call(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """The command in this process, structure only, and without a time limit, which takes a process."""
    return CliRunner().invoke(app, ["--no-entities", "--timeout", "0", *map(str, arguments)], input=stdin)


def spawn(*arguments: str | Path, stderr: int, columns: int = 100) -> subprocess.Popen[bytes]:
    """The command in a process of its own, structure only, in a terminal of some width and the usual kind."""
    command = [sys.executable, "-m", "brief_extract", "--no-entities", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, env=environment)


class TestOneArticle:
    def test_is_printed_as_json(self, article: Path) -> None:
        result = call(article)
        assert (result.exit_code, result.stderr) == (DONE, "")
        document = Document.from_json(result.stdout_bytes)
        assert (document.id, document.source.name, len(document.tables)) == ("mali", "mali.txt", 1)

    def test_is_read_from_stdin(self) -> None:
        result = call("-", stdin=ARTICLE.encode("utf-8-sig"))
        document = Document.from_json(result.stdout_bytes)
        assert (document.text, document.source.name, document.source.encoding) == (ARTICLE, None, "utf-8-sig")

    def test_that_cannot_be_done_is_told_on_stderr_with_the_way_out(self, article: Path) -> None:
        article.write_bytes(b"%PDF-1.7")
        result = call(article)
        assert (result.exit_code, result.stdout) == (SET_ASIDE, "")
        assert result.stderr.startswith("error: mali.txt: not a text but a PDF; fix: ")

    def test_an_empty_stdin_is_told(self) -> None:
        result = call("-", stdin=b"")
        assert (result.exit_code, result.stderr[:28]) == (SET_ASIDE, "error: the input: empty, 0 b")

    def test_a_reader_that_closes_the_pipe_early_is_no_error(self, article: Path) -> None:
        article.write_text(ARTICLE * 500)
        with spawn(article, stderr=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stderr
            assert process.stdout.read(1) == b"{"
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == DONE


class TestFolder:
    def test_tables_over_all_articles_come_in_the_formats_asked_for(self, article: Path, tmp_path: Path) -> None:
        outputs = tmp_path / "outputs"
        assert call("-f", "jsonl", "-f", "csv", article.parent, outputs).exit_code == DONE
        assert (outputs / "cells.jsonl").read_bytes().count(b"\n") == 2
        assert (outputs / "cells.csv").read_bytes().count(b"\r\n") == 3

    def test_excel_reaches_every_csv_file_also_in_a_second_run(self, article: Path, tmp_path: Path) -> None:
        article.write_text(ARTICLE.replace("70", "=1+1"))
        outputs = tmp_path / "outputs"
        for options, printed in ([], ",=1+1"), (["--excel"], ",'=1+1"):
            assert call(*options, article.parent, outputs).exit_code == DONE
            assert printed in (outputs / "tables" / "mali" / "table-1.csv").read_text()
            assert printed in (outputs / "cells.csv").read_text()

    def test_ends_with_a_summary(self, article: Path, tmp_path: Path) -> None:
        result = call(article.parent, tmp_path / "outputs")
        assert (result.exit_code, result.stderr) == (DONE, "")
        assert result.stdout.splitlines() == [
            "1 article, 1 table, 1 list, 0 entities, 0 set aside",
            f"written to {tmp_path / 'outputs'}",
        ]

    def test_set_aside_articles_are_told_and_change_the_exit_code(self, article: Path, tmp_path: Path) -> None:
        (article.parent / "empty.txt").touch()
        result = call(article.parent, tmp_path / "outputs")
        assert result.exit_code == SET_ASIDE
        assert "1 set aside\n  empty: empty.txt: empty, 0 bytes; fix: " in result.stdout

    def test_a_report_is_written_with_the_run_or_later(self, article: Path, tmp_path: Path) -> None:
        output = tmp_path / "out"
        assert "look at" not in call(article.parent, output).stdout
        assert not (output / "report").exists()
        later = CliRunner().invoke(app, ["report", str(output)])
        assert later.exit_code == DONE
        assert later.stdout == f"look at {output}/report/index.html\n"
        pages = [path.read_bytes() for path in sorted((output / "report").rglob("*.html"))]
        with_the_run = call(article.parent, tmp_path / "other", "--report")
        assert with_the_run.stdout.endswith(f"look at {tmp_path}/other/report/index.html\n")
        assert [path.read_bytes() for path in sorted((tmp_path / "other" / "report").rglob("*.html"))] == pages

    def test_quiet_says_nothing(self, article: Path, tmp_path: Path) -> None:
        result = call("--quiet", article.parent, tmp_path / "outputs")
        assert (result.exit_code, result.output) == (DONE, "")

    def test_several_inputs_go_into_the_folder_named_last(self, article: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.md"
        other.write_text(ARTICLE)
        assert call(article, other, tmp_path / "outputs").exit_code == DONE
        names = {path.name for path in (tmp_path / "outputs" / "documents").iterdir()}
        assert names == {"mali.json", "other.json"}

    def test_another_run_skips_what_is_done_unless_forced(self, article: Path, tmp_path: Path) -> None:
        call(article.parent, tmp_path / "outputs")
        assert "1 article unchanged" in call(article.parent, tmp_path / "outputs").stdout
        assert "skipped" not in call("--force", article.parent, tmp_path / "outputs").stdout

    def test_the_log_may_be_lines_of_json(self, article: Path, tmp_path: Path) -> None:
        (article.parent / "empty.txt").touch()
        result = call("--quiet", "--log-format", "json", article.parent, tmp_path / "outputs")
        start, failure, end = map(json.loads, result.stderr.splitlines())
        assert [start["event"], start["inputs"]] == ["start", 2]
        assert [failure["event"], failure["id"], failure["code"]] == ["set-aside", "empty", "empty"]
        assert end | {"event": "end", "done": 1, "skipped": 0, "set_aside": 1} == end
        result = call("--log-format", "json", "gone", tmp_path / "outputs")
        assert json.loads(result.stderr)["message"] == "gone: no such file or folder; fix: check the path"

    def test_lines_of_json_are_articles(self, tmp_path: Path) -> None:
        path = tmp_path / "wire.jsonl"
        path.write_text(json.dumps({"id": "a", "text": ARTICLE}) + "\n" + json.dumps({"id": "b", "text": "Mali"}))
        result = call(path, tmp_path / "outputs")
        assert result.stdout.startswith("2 articles, 1 table")

    def test_prune_removes_what_has_no_input_any_more(self, article: Path, tmp_path: Path) -> None:
        call(article.parent, tmp_path / "outputs")
        article.rename(article.with_name("niger.txt"))
        assert call("--prune", article.parent, tmp_path / "outputs").exit_code == DONE
        assert [path.name for path in (tmp_path / "outputs" / "documents").iterdir()] == ["niger.json"]

    @pytest.mark.parametrize("terminal", [True, False])
    def test_progress_is_shown_on_stderr_and_on_a_terminal_only(
        self, terminal: bool, article: Path, tmp_path: Path
    ) -> None:
        shown, stderr = pty.openpty() if terminal else os.pipe()
        process = spawn(article.parent, tmp_path / "outputs", stderr=stderr)
        stdout, _ = process.communicate()
        os.close(stderr)
        seen = b""
        try:
            while data := os.read(shown, 4096):
                seen += data
        except OSError:  # how a terminal says that nobody writes to it any more
            pass
        os.close(shown)
        assert stdout.startswith(b"1 article, ")
        assert (b"1/1" in seen) == terminal

    @pytest.mark.parametrize(("columns", "words"), [(100, b"a second"), (40, b"1/1 articles")])
    def test_progress_fits_the_terminal(self, columns: int, words: bytes, article: Path, tmp_path: Path) -> None:
        shown, stderr = pty.openpty()
        process = spawn(article.parent, tmp_path / "outputs", stderr=stderr, columns=columns)
        process.communicate()
        os.close(stderr)
        seen = b""
        with contextlib.suppress(OSError):  # how a terminal says that nobody writes to it any more
            while data := os.read(shown, 4096):
                seen += data
        os.close(shown)
        plain = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", seen)
        assert words in plain
        assert max(len(line.decode()) for line in re.split(rb"[\r\n]", plain)) <= columns


class TestMistakes:
    def test_no_arguments_is_wrong_usage(self) -> None:
        assert call().exit_code == USAGE

    @pytest.mark.parametrize(
        ("arguments", "hint"),
        [
            (["articles"], "brief-extract articles outputs/"),
            (["articles/mali.txt", "articles/niger.txt"], "name it last"),
            (["-", "outputs"], "it stands alone"),
            (["articles/mali.txt", "--report"], "brief-extract articles/ outputs/ --report"),
            (["wire.jsonl"], "holds 2 articles: say where to write, as in: brief-extract wire.jsonl outputs/"),
            (["--lines", "all", "articles/mali.txt"], "'auto', 'paragraphs', 'wrapped'"),
        ],
    )
    def test_wrong_usage_is_told_with_the_way_out(
        self, arguments: list[str], hint: str, article: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(article.parent.parent)
        Path("wire.jsonl").write_text('{"text": "Mali"}\n{"text": "Niger"}\n')
        result = call(*arguments)
        assert result.exit_code == USAGE
        assert hint in result.stderr

    def test_an_input_that_is_not_there_ends_the_run(self, article: Path, tmp_path: Path) -> None:
        for arguments in [["gone.txt"], ["gone", str(tmp_path / "outputs")], [str(article), "gone", "outputs"]]:
            result = call(*arguments)
            assert result.exit_code == CANNOT_GO_ON
            assert result.stderr.splitlines() == [
                f"error: {arguments[-2] if len(arguments) > 1 else arguments[0]}: "
                "no such file or folder; fix: check the path"
            ]
        assert not (tmp_path / "outputs").exists()

    def test_an_output_that_is_a_file_ends_the_run(self, article: Path, tmp_path: Path) -> None:
        (tmp_path / "outputs").write_text("mine")
        result = call(article.parent, tmp_path / "outputs")
        assert result.exit_code == CANNOT_GO_ON
        assert result.stderr.startswith("error: the output ")
        assert len(result.stderr.splitlines()) == 1

    @pytest.mark.parametrize("batch", [True, False])
    def test_a_model_that_is_missing_ends_the_run(self, batch: bool, article: Path, tmp_path: Path) -> None:
        arguments = [article.parent, tmp_path / "outputs"] if batch else [article]
        result = CliRunner().invoke(app, ["--model", "no_such_model", *map(str, arguments)])
        assert result.exit_code == CANNOT_GO_ON
        assert result.stderr.startswith("error: ")
        assert "no_such_model" in result.stderr

    def test_an_interrupted_run_says_so_in_a_line(
        self, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("brief_extract.cli.batch.run_batch", interrupt)
        result = call(article.parent, tmp_path / "outputs")
        assert (result.exit_code, result.stderr) == (
            SIGNALLED + signal.SIGINT,
            "error: interrupted; what is done is kept\n",
        )


class TestHelp:
    def test_shows_two_examples_and_every_exit_code(self) -> None:
        text = call("--help").stdout
        assert "brief-extract articles/ outputs/" in text
        assert "brief-extract show article.txt" in text
        assert all(f"{code} " in text.split("Exit codes:")[1] for code in (DONE, SET_ASIDE, USAGE, CANNOT_GO_ON, FAULT))

    def test_the_version_is_that_of_the_package(self) -> None:
        assert call("--version").stdout == f"brief-extract {version('brief-extract')}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["ARTICLE"], ["FOLDER", "OUTPUT"]])
def test_what_needs_no_model_imports_no_heavy_library(arguments: list[str], article: Path, tmp_path: Path) -> None:
    places = {"ARTICLE": article, "FOLDER": article.parent, "OUTPUT": tmp_path / "outputs"}
    given = ["--no-entities", *(str(places.get(argument, argument)) for argument in arguments)]
    script = (
        "import json, sys\n"
        "from brief_extract.cli import app\n"
        f"app({given!r}, standalone_mode=False)\n"
        "print(json.dumps(sorted({'spacy', 'pandas', 'numpy'} & sys.modules.keys())), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stderr) == []


def test_the_schema_is_printed() -> None:
    assert CliRunner().invoke(app, ["schema"]).stdout_bytes == schema_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("article.txt", "--prune"),
        ("article.txt", "-j", "2"),
        ("article.txt", "--only", "tables"),
    ],
)
def test_an_option_that_would_be_passed_over_is_refused(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == USAGE
    assert "is an option of a batch" in result.output


def test_an_output_that_is_named_like_a_file_is_a_slip(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Seen:\n- smoke\n", encoding="utf-8")
    result = CliRunner().invoke(app, [str(tmp_path / "a.txt"), str(tmp_path / "a.json")])
    assert result.exit_code == USAGE
    assert not (tmp_path / "a.json").exists()


def test_where_the_failed_records_cannot_go_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "brief_extract", "--jsonl", "--no-entities", "--errors"]
    result = subprocess.run([*command, str(tmp_path / "no" / "e.jsonl")], input=b"", capture_output=True, check=False)
    assert result.returncode == CANNOT_GO_ON
    assert b"e.jsonl" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_under_the_failed_records_is_told_by_the_name_of_their_file() -> None:
    command = [sys.executable, "-m", "brief_extract", "--jsonl", "--no-entities", "--errors", "/dev/full"]
    result = subprocess.run(command, input=b"no json\n", capture_output=True, check=False)
    assert result.returncode == CANNOT_GO_ON
    assert result.stderr.startswith(b"error: cannot write /dev/full: no space left on device; fix: ")
    assert result.stderr.count(b"\n") == 1


def break_over_a_page(*_: object, **__: object) -> None:
    raise KeyError("an error that nobody\x1b[2J planned for")


class TestFault:
    @pytest.fixture
    def broken(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        """A package with an error in the step that writes an article; the folder for temporary files."""
        monkeypatch.setattr("brief_extract.batch.folder.OutputFolder.save", break_over_a_page)
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        return tmp_path

    def test_ends_with_a_line_a_code_of_its_own_and_the_traceback_in_a_file(self, broken: Path, article: Path) -> None:
        result = call(article.parent, broken / "outputs")
        assert result.exit_code == FAULT == 70
        [line] = result.stderr.splitlines()
        assert line.startswith("error: KeyError at mali.txt, batch/ownership.py:")
        [kept] = broken.glob("*.traceback.txt")
        assert line.endswith(f"this is an error in brief-extract, please report it, with {kept.as_posix()}")
        assert "Traceback (most recent call last):" in kept.read_text()
        assert "KeyError" in kept.read_text()
        assert line.isprintable()

    def test_is_a_line_of_json_where_the_log_is(self, broken: Path, article: Path) -> None:
        result = call("--log-format", "json", article.parent, broken / "outputs")
        assert result.exit_code == FAULT
        assert json.loads(result.stderr.splitlines()[-1])["event"] == "error"

    def test_shows_the_traceback_where_no_file_can_be_written(
        self, broken: Path, article: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(broken / "none"))
        result = call(article.parent, broken / "outputs")
        assert result.exit_code == FAULT
        assert result.stderr.startswith("Traceback (most recent call last):")
        assert result.stderr.splitlines()[-1].endswith("please report it, with the lines above")

    def test_is_no_lack_of_memory(self, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def run_out(*_: object, **__: object) -> None:
            raise MemoryError

        monkeypatch.setattr("brief_extract.batch.folder.OutputFolder.save", run_out)
        result = call(article.parent, tmp_path / "outputs")
        assert result.exit_code == CANNOT_GO_ON
        assert result.stderr.startswith("error: memory ran out; fix: ")

    @pytest.mark.parametrize(
        ("step", "where"),
        [
            ("brief_extract.views.columns.codes_of", "documents/mali.json: "),
            ("brief_extract.batch.worker.counts", "mali.txt: "),
        ],
    )
    def test_over_one_article_is_the_failure_of_that_article(
        self, step: str, where: str, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (article.parent / "niger.txt").write_text("Nothing is named here.")
        if step.endswith("counts"):
            real = worker.counts
            monkeypatch.setattr(worker, "counts", lambda it: real(it) if it.id != "mali" else break_over_a_page())
        else:
            [column] = [it for it in columns.PROJECTIONS[0].columns if it.name == "headings"]
            broken = column._replace(value=lambda row: 0 if row.document.id != "mali" else break_over_a_page())
            documents = columns.DOCUMENTS._replace(columns=(columns.DOCUMENTS.columns[0], broken))
            monkeypatch.setattr(projections, "PROJECTIONS", (documents,))
        result = call(article.parent, tmp_path / "outputs")
        assert result.exit_code == SET_ASIDE
        assert f"  internal: {where}KeyError: " in result.stdout
        assert "please report it" in result.stdout
        assert (tmp_path / "outputs" / "documents" / "niger.json").exists()
        assert "niger" in (tmp_path / "outputs" / "documents.csv").read_text()


ESCAPE = "\x1b[2J\x9bm\r\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--entities", "--model", f"m{ESCAPE}", "article.txt"],
        ["--model-for", f"f{ESCAPE}=fr", "--language", f"{ESCAPE}", "article.txt"],
        [f"no{ESCAPE}.txt"],
        [f"no{ESCAPE}.txt", f"out{ESCAPE}"],
        [f"empty{ESCAPE}.txt"],
        [".", f"out{ESCAPE}"],
        ["article.txt", f"out{ESCAPE}.txt"],
        ["--format", f"c{ESCAPE}", ".", "out"],
        ["--report-only", f"out{ESCAPE}"],
    ],
    ids=str,
)
def test_no_name_that_is_repeated_commands_the_terminal(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / f"empty{ESCAPE}.txt").write_text("")
    (tmp_path / f"page{ESCAPE}.p{ESCAPE}f").write_text("")
    result = call(*arguments)
    shown = result.stdout + result.stderr
    assert shown.strip()
    assert not {char for char in shown if not char.isprintable()} - {"\n"}


def test_the_threshold_for_headings_is_an_option(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ports Reopen\nThe harbour master had no comment on the long queue outside.\n", encoding="utf-8")
    results = [
        CliRunner().invoke(app, ["--no-entities", "--heading-threshold", at, str(path)]).stdout for at in ("0.1", "1")
    ]
    assert ['"type": "heading"' in told for told in results] == [True, False]


def test_files_that_are_no_articles_are_counted(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("a.txt", "b.pdf", "c.PDF", "d.zip", "README", ".hidden"):
        (articles / name).write_text("Seen:\n- smoke\n- dust\n", encoding="utf-8")
    result = call(articles, tmp_path / "outputs")
    assert "not read: 2 .pdf, 1 .zip, 1 no suffix; collections and packed files are read when" in result.stdout
