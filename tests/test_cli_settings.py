"""Where options come from, and what each command does: the line, the environment, the file, in this order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from brief_extract import Config, Document
from brief_extract.cli import app, batch
from brief_extract.cli.messages import CANNOT_GO_ON, DONE, SET_ASIDE, USAGE
from brief_extract.cli.settings import FILE, VARIABLE, variable_of
from brief_extract.errors import FAILURES, ISSUES

ARTICLE = "Ports reopen\n\nGhana waits:\n\n- pilots\n\n| Port | Ships |\n|---|---|\n| Tema | 12 |\n"
GROUP: Any = get_command(app)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two articles and no settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("articles/ports.txt", "articles/2025/old-draft.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def invoke(*arguments: str, stdin: bytes | None = None, **environment: str) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin, env=environment)


def show(*arguments: str, **environment: str) -> dict[str, Any]:
    """The document that ``show`` prints, of an article given on stdin."""
    result = invoke("show", "-", *arguments, stdin=ARTICLE.encode(), **environment)
    assert result.exit_code == DONE, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


class TestPrecedence:
    def test_the_line_wins_over_the_environment_and_that_over_the_file(self, here: Path) -> None:
        (here / FILE).write_text('entities = false\nlanguage = "fr"\n')
        assert show()["source"]["language"] == "fr"
        assert show(BRIEF_EXTRACT_LANGUAGE="de")["source"]["language"] == "de"
        assert show("--language", "es", BRIEF_EXTRACT_LANGUAGE="de")["source"]["language"] == "es"
        assert show()["mentions"] == []
        assert show("--entities", "--language", "en")["mentions"] != []

    def test_the_file_may_be_elsewhere(self, here: Path) -> None:
        (here / "other.toml").write_text("entities = false\n")
        assert show(**{VARIABLE: "other.toml"})["mentions"] == []

    def test_lists_and_tables_of_the_file_are_repeated_options(self, here: Path) -> None:
        (here / FILE).write_text(
            'entities = false\nformat = ["jsonl", "sqlite"]\n[model-for]\nfr = "fr_core_news_sm"\n'
        )
        assert invoke("articles", "o").exit_code == DONE
        assert {path.suffix for path in (here / "o").glob("[b-d]*.*")} == {".json", ".jsonl", ".sqlite"}
        assert json.loads((here / "o" / "run.json").read_bytes())["config"]["models"] == {"fr": "fr_core_news_sm"}

    def test_lists_of_names_are_options_variables_and_settings(self, here: Path) -> None:
        for name, id in (("a.csv", "org/a"), ("b c.csv", "org/b"), ("line.csv", "org/line")):
            (here / name).write_text(f"name,label,id\nTema,ORG,{id}\n")
        (here / FILE).write_text('language = "xx"\nnames = ["a.csv", "b c.csv"]\n')

        def tema(*arguments: str, **environment: str) -> str:
            (found,) = (it["entity"] for it in show(*arguments, **environment)["mentions"] if it["text"] == "Tema")
            return str(found)

        assert tema() == "org/b"
        assert tema(BRIEF_EXTRACT_NAMES=os.pathsep.join(["b c.csv", "a.csv"])) == "org/a"
        assert tema("--names", "line.csv", BRIEF_EXTRACT_NAMES="a.csv") == "org/line"
        assert tema("--names", "a.csv", "--names", "line.csv") == "org/line"

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("entitis = true", "brief-extract.toml: 'entitis' is no option; fix: use one of "),
            ("entities = ", "brief-extract.toml: not TOML: "),
        ],
    )
    def test_a_mistake_in_the_file_is_told_with_its_place(self, text: str, message: str, here: Path) -> None:
        (here / FILE).write_text(text)
        result = invoke("articles", "o")
        assert result.exit_code == CANNOT_GO_ON
        assert result.stderr.startswith(f"error: {message}")

    @pytest.mark.usefixtures("here")
    def test_a_file_that_is_named_must_be_there(self) -> None:
        result = invoke("articles", "o", BRIEF_EXTRACT_CONFIG="gone.toml")
        assert (result.exit_code, result.stderr) == (
            CANNOT_GO_ON,
            f"error: gone.toml: no such file or directory; fix: check {VARIABLE}\n",
        )


class TestOptions:
    @pytest.mark.parametrize("command", ["run", "show", "stream"])
    def test_every_field_of_config_is_an_option_a_variable_and_a_key(self, command: str) -> None:
        params = {param.name: param for param in GROUP.commands[command].params}
        defaults = Config()
        for field in msgspec.structs.fields(Config):
            param = params[field.name]
            name = param.opts[0].removeprefix("--")
            assert param.envvar == variable_of(name)
            assert param.default == getattr(defaults, field.name) or field.name in ("models", "names")

    def test_one_option_means_one_thing_everywhere(self) -> None:
        meanings: dict[str, set[tuple[str, str]]] = {}
        for command in GROUP.commands.values():
            for param in command.params:
                for name in param.opts:
                    if name.startswith("-") and param.name not in ("help", "timeout"):
                        meanings.setdefault(name, set()).add((param.name, param.help))
        assert {name: found for name, found in meanings.items() if len(found) > 1} == {}

    def test_the_short_form_of_help(self) -> None:
        for arguments in (["-h"], ["run", "-h"], ["show", "-h"]):
            assert "Usage: brief-extract" in invoke(*arguments).output.replace("root", "brief-extract")

    def test_help_shows_options_in_groups(self) -> None:
        text = invoke("run", "--help").output
        places = [text.index(name) for name in ("What is written", "How it runs", "Messages", "How articles are read")]
        assert places == sorted(places)


class TestRun:
    def test_the_command_may_be_named(self, here: Path) -> None:
        assert invoke("run", "--no-entities", "articles", "o").exit_code == DONE
        assert (here / "o" / "documents" / "ports.json").exists()

    def test_globs_choose_what_is_read_of_a_folder(self, here: Path) -> None:
        assert invoke("articles", "o", "--dry-run").stdout.split() == [
            *("2025/old-draft", "2025/old-draft.txt"),
            *("ports", "ports.txt"),
        ]
        assert invoke("articles", "o", "-n", "--exclude", "*-draft.txt").stdout.split() == ["ports", "ports.txt"]
        assert invoke("articles", "o", "-n", "--include", "2025/*").stdout.split()[0] == "2025/old-draft"
        assert not (here / "o").exists()

    @pytest.mark.parametrize(("end", "nul"), [(b"\n", []), (b"\0", ["-0"])])
    def test_inputs_may_be_listed(self, end: bytes, nul: list[str], here: Path) -> None:
        names = end.join([b"articles/ports.txt", b"articles/2025/old-draft.txt", b""])
        (here / "list").write_bytes(names)
        listed = invoke("--files-from", "list", *nul, "o", "-n").stdout
        assert listed == invoke("--files-from", "-", *nul, "o", "-n", stdin=names).stdout
        assert [line.split("\t")[0] for line in listed.splitlines()] == ["old-draft", "ports"]

    def test_an_empty_list_is_an_error(self, here: Path) -> None:
        (here / "list").write_text("\n")
        result = invoke("--files-from", "list", "o")
        assert (result.exit_code, result.stderr) == (
            CANNOT_GO_ON,
            "error: list: lists no path; fix: give one on each line\n",
        )

    def test_only_some_files_over_all_articles(self, here: Path) -> None:
        assert invoke("articles", "o", "--no-entities", "--only", "tables,lists").exit_code == DONE
        names = {path.name for path in (here / "o").glob("*.csv")}
        assert names == {"documents.csv", "tables.csv", "cells.csv", "list_items.csv"}
        described = json.loads((here / "o" / "datapackage.json").read_bytes())["resources"]
        assert {resource["path"] for resource in described} == names
        assert invoke("articles", "o", "--only", "tabels").exit_code == USAGE

    def test_a_quiet_run_still_says_what_failed(self, here: Path) -> None:
        (here / "articles" / "scan.txt").write_bytes(b"%PDF-1.7\n\x00")
        result = invoke("-q", "articles", "o", "--no-entities")
        assert (result.exit_code, result.stdout) == (SET_ASIDE, "")
        assert result.stderr.startswith("error: scan.txt: not a text but a PDF; fix: ")

    @pytest.mark.usefixtures("here")
    def test_a_talkative_run_has_a_line_for_each_article(self) -> None:
        result = invoke("-v", "articles", "o", "--no-entities")
        assert result.stderr.splitlines() == ["1 done, 0 skipped, 0 set aside", "2 done, 0 skipped, 0 set aside"]

    def test_names_of_files_are_those_of_the_projections(self) -> None:
        assert batch.projections_of("entities, cells,cells") == ("entities", "mentions", "places", "countries", "cells")


class TestShow:
    @pytest.mark.usefixtures("here")
    def test_forms(self) -> None:
        def shown(form: str) -> str:
            return invoke("show", "articles/ports.txt", "--to", form).stdout

        document = Document.from_json(shown("json"))
        assert shown("markdown") == document.to_markdown()
        assert shown("csv").splitlines() == ["Port,Ships", "Tema,12"]
        assert shown("text").splitlines()[2] == "Ports reopen"
        assert "country/GH" in shown("text")
        assert invoke("show", "articles/ports.txt", "--to", "pdf").exit_code == USAGE


class TestExplain:
    def test_every_code_has_a_meaning(self) -> None:
        for code, meaning in {**ISSUES, **FAILURES}.items():
            assert meaning in invoke("explain", code).stdout
        assert len(invoke("explain").stdout.splitlines()) == len(ISSUES) + len(FAILURES)

    def test_a_slip_is_met_with_a_suggestion(self) -> None:
        result = invoke("explain", "lost-delimter")
        assert result.exit_code == USAGE
        assert "did you mean lost-delimiter?" in result.stderr


@pytest.mark.parametrize(("former", "command"), [("--jsonl", "stream"), ("--schema", "schema")])
def test_former_options_are_commands(former: str, command: str) -> None:
    one, other = (
        subprocess.run([sys.executable, "-m", "brief_extract", name], input=b"", capture_output=True, check=True).stdout
        for name in (former, command)
    )
    assert one == other
