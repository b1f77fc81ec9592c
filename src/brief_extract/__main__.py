"""``python -m brief_extract``."""

from brief_extract_command import main

if __name__ == "__main__":  # worker processes import this module under another name
    main()
