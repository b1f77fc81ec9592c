"""The command line: arguments to a call of the package; errors to one line and an exit code.

``commands`` has the commands, ``options`` what they share, ``settings`` the file and the variables behind the options.
"""

from brief_extract.cli.commands import app, main

__all__ = ["app", "main"]
