"""The command line ``gazette``: a module for each command, and group.py, which holds them all.

Only these modules print and catch. At their top they import click and what is light; what a command
needs is imported inside of it, so that help, and each command, load no more than they use.
"""

from __future__ import annotations

from generator.cli.group import main

__all__ = ["main"]
