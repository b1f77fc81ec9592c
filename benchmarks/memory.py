"""Memory and CPU time of one article, by kind of text: ``python benchmarks/memory.py [kind ...] [--mb N] [--names]``.

Each measurement is a process of its own, which runs a batch of one article in itself: text in, document and CSV files
out. Its peak memory is counted from the moment when everything is imported, and the model loaded. The kinds are the
worst that we know: texts that consist of as many small blocks as possible. ``news`` is for comparison.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

NEWS = (
    "The ministry in Bamako said on Friday that Mali and Niger had closed 14 posts along the border, "
    "and that the African Union would send observers to Agadez within a week.\n\n"
)
KINDS = {
    "news": NEWS,
    "bullets": "- x\n",
    "nested bullets": "- x\n  - y\n    - z\n",
    "bullets and blank lines": "- x\n\n",
    "numbered": "1. x\n",
    "quotes": "> x\n",
    "nested quotes": "> > x\n",
    "quotes and lines": "> x\n\ny\n\n",
    "short lines": "x\n",
    "short paragraphs": "x\n\n",
    "headings": "# x\n",
    "bare headings": "Port Strike Ends\n\n",
    "rules": "---\n",
    "code": "    x\n\ny\n\n",
    "fences": "```\nx\n```\n",
    "markup": "<p>x\n\n",
    "tables": "|a|b|\n|-|-|\n|1|2|\n\n",
    "one table": "|1|2|\n",
    "rows without bars": "a\tb\n",
    "rows of names": "Mali\tChad\n",
    "definitions": "[a]: b\n",
    "links": "[a](b) ",
    "emphasis": "*a* ",
    "entities": "&amp; ",
    "words": "a ",
    "blank lines": "x" + "\n" * 99,
    "names": "Mali, ",
    "lines of names": "Mali\n\n",
    "one word": "x",
}
"""A text of each kind is this, again and again. The table of ``one table`` gets a header."""
HEADS = {"one table": "|a|b|\n|-|-|\n"}

_CHILD = """
import json, resource, sys, tempfile, time
from pathlib import Path
from brief_extract import Config
from brief_extract.batch import discover, run_batch
def peak():
    # What getrusage tells of a new process includes its parent's peak, on Linux.
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text()
        return 1024 * int(status.partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

unit, head, size, names = json.load(sys.stdin)
config = Config(entities=names, max_bytes=10**9, timeout=0)  # without a limit the work is done in this process
with tempfile.TemporaryDirectory() as folder:
    def run(name, text):
        path = Path(folder, f"{name}.txt")
        path.write_text(text)
        run_batch(discover([path]), Path(folder, name), config)
        return sum(path.stat().st_size for path in Path(folder, name).rglob("*") if path.is_file())
    run("warm", "Mali said on Friday.\\n\\n- x\\n\\n|a|b|\\n|-|-|\\n|1|2|\\n")
    # A text in another language loads the identifier of languages.
    german = "Die Regierung hat am Mittwoch in Berlin beschlossen, die Truppen aus Mali bis Jahresende abzuziehen."
    run("identifier", german)
    before, started = peak(), time.process_time()
    written = run("measured", head + unit * (size // len(unit)))
json.dump(((peak() - before) / size, time.process_time() - started, written / size), sys.stdout)
"""


def measure(kind: str, megabytes: float, *, names: bool) -> tuple[float, float, float]:
    """Peak bytes for each byte of input, seconds of CPU, and bytes written for each byte of input."""
    given = json.dumps((KINDS[kind], HEADS.get(kind, ""), int(megabytes * 1_000_000), names))
    child = subprocess.run([sys.executable, "-c", _CHILD], input=given, capture_output=True, text=True, check=False)
    if child.returncode:
        raise SystemExit(f"{kind}: {child.stderr}")
    peak, seconds, written = json.loads(child.stdout)
    return peak, seconds, written


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS], metavar="kind", help=", ".join(KINDS))
    parser.add_argument("--mb", type=float, default=1, help="Size of each text in millions of bytes.")
    parser.add_argument("--names", action="store_true", help="Find names as well.")
    given = parser.parse_args()
    print("| kind of text | MB | peak bytes per byte | CPU seconds | bytes written per byte |\n|---|---|---|---|---|")
    for kind in given.kinds or KINDS:
        peak, seconds, written = measure(kind, given.mb, names=given.names)
        print(f"| {kind} | {given.mb:g} | {peak:.0f} | {seconds:.1f} | {written:.1f} |", flush=True)


if __name__ == "__main__":
    main()
