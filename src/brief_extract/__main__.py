"""``python -m brief_extract``."""

from brief_extract.cli import main

main()
