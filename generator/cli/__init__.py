"""The command line ``gazette``: a module for each command, and group.py, which lists them.

Only these modules print, and only they turn errors into an exit status. At the top they import
click and light modules; each command imports inside its function the modules that it needs, so that
the help and every command load no more than they use.
"""

from __future__ import annotations

from generator.cli.group import main

__all__ = ["main"]
