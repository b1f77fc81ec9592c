"""Writing: files appear whole or not at all, and CSV reads back as it was."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from brief_extract.errors import OutputError
from brief_extract.table import Range
from brief_extract.write import CsvWriter, open_whole, write_file


class TestCsv:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (None, ""),
            (True, "true"),
            (False, "false"),
            (0, "0"),
            (1.5, "1.5"),
            ("a\rb", '"a\rb"'),
            (Range(low=1, high=None), "1/.."),
        ],
    )
    def test_values_are_written_as_json_has_them(self, value: object, written: str) -> None:
        stream = io.StringIO(newline="")
        CsvWriter(stream).write([[value, "end"]])
        assert stream.getvalue() == f"{written},end\r\n"


class TestWholeFiles:
    def test_folders_are_made_and_nothing_else_is_left(self, tmp_path: Path) -> None:
        write_file(tmp_path / "a" / "b.json", b"{}")
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "a" / "b.json"]
        assert (tmp_path / "a" / "b.json").read_bytes() == b"{}"

    def test_a_write_that_fails_leaves_the_old_file(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.csv"
        path.write_text("old")

        def write_half() -> None:
            with open_whole(path) as file:
                file.write("new")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            write_half()
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_the_file_is_not_there_before_it_is_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.csv"
        with open_whole(path) as file:
            file.write("new")
            assert not path.exists()
        assert path.read_text() == "new"

    def test_a_folder_that_is_a_file_is_told_with_the_way_out(self, tmp_path: Path) -> None:
        (tmp_path / "documents").write_text("mine")
        with pytest.raises(OutputError, match=r"cannot write .*documents/a\.json: .*; fix: "):
            write_file(tmp_path / "documents" / "a.json", b"{}")

    def test_a_full_disk_is_told_with_the_way_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OutputError, match=r"cannot write .*a\.json: no space left on device; fix: free space"):
            write_file(tmp_path / "a.json", b"{}")
        assert list(tmp_path.iterdir()) == []
