"""The state that all code of a process shares, compared before and after our code runs."""

from __future__ import annotations

import ast
import decimal
import gc
import hashlib
import importlib
import locale
import logging
import mimetypes
import os
import pkgutil
import re
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from xml.etree import ElementTree

import generator

PACKAGE = Path(generator.__file__).parent


def own_modules() -> list[str]:
    """Name all modules of the program."""
    return [found.name for found in pkgutil.walk_packages(generator.__path__, "generator.")]


def libraries() -> list[str]:
    """Name all that the program's modules import from elsewhere at their top level.

    A name of a module follows it after a colon: some libraries load when a name is asked for.
    """
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {f"{node.module}:{alias.name}" for alias in node.names}
    return sorted(name for name in found if re.split(r"[.:]", name)[0] != "generator")


def process_state() -> dict[str, object]:
    """Describe the state of the process: name of its holder → state."""
    state: dict[str, object] = {
        "os.getcwd": os.getcwd(),  # noqa: PTH109 - the state of the process itself
        "gc.get_threshold": gc.get_threshold(),
        "gc.isenabled": gc.isenabled(),
        "warnings.filters": [str(found) for found in warnings.filters],
        "sys.path": list(sys.path),
        "sys.meta_path": [str(found) for found in sys.meta_path],
        "sys.path_hooks": [str(found) for found in sys.path_hooks],
        "sys.argv": list(sys.argv),
        "sys.std": [id(found) for found in (sys.stdin, sys.stdout, sys.stderr)],
        "sys.hooks": [str(found) for found in (sys.excepthook, sys.unraisablehook)],
        "sys.limits": [sys.getrecursionlimit(), sys.getswitchinterval()],
        "threading": [str(threading.excepthook), threading.active_count()],
        "locale": locale.setlocale(locale.LC_ALL),
        "decimal": str(decimal.getcontext()),
        "socket": socket.getdefaulttimeout(),
        "mimetypes": len(mimetypes.types_map),
        "ElementTree": dict(ElementTree._namespace_map),  # type: ignore[attr-defined]
        "signal": {str(n): str(signal.getsignal(n)) for n in signal.valid_signals()},
        "logging.root": _described(logging.root),
        "logging.levels": [logging.root.manager.disable, str(logging.getLoggerClass())],
    }
    state |= {f"os.environ {name}": value for name, value in os.environ.items()}
    for name, logger in logging.root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and _described(logger) != UNTOUCHED:
            state[f"logging {name}"] = _described(logger)
    if constants := sys.modules.get("pypinyin.constants"):
        for name in ("PHRASES_DICT", "PINYIN_DICT"):
            text = repr(sorted(getattr(constants, name).items()))
            state[f"pypinyin {name}"] = hashlib.sha256(text.encode()).hexdigest()
    return state


def _described(logger: logging.Logger) -> list[object]:
    handlers = [f"{type(handler).__name__} {id(handler)}" for handler in logger.handlers]
    return [logger.level, logger.propagate, logger.disabled, handlers, len(logger.filters)]


UNTOUCHED: list[object] = [logging.NOTSET, True, False, [], 0]


def library_state() -> dict[str, object]:
    """Record the definitions of the loaded foreign modules, to find those that are changed.

    Functions and classes themselves, so that none can take the address of another; of a library's
    own tables their length. Those of Python are caches.
    """
    state: dict[str, object] = {}
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] not in ("generator", "tests", "__main__", "__mp_main__"):
            state.update(_members(name, module))
    return state


def _members(name: str, module: ModuleType) -> Iterator[tuple[str, object]]:
    is_python = name.split(".")[0] in sys.stdlib_module_names
    for key, value in list(vars(module).items()):
        if isinstance(value, dict | list | set):
            if not is_python and not key.startswith("__"):
                yield f"{name}.{key}", len(value)
        elif isinstance(value, FunctionType | BuiltinFunctionType | MethodType | type):
            yield f"{name}.{key}", value
            if isinstance(value, type) and value.__module__ == name:
                for member, found in list(vars(value).items()):
                    if isinstance(found, FunctionType):
                        yield f"{name}.{key}.{member}", found


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, str]:
    """Give the differences between two states: name → before, after."""
    return {
        name: f"{before.get(name)} → {after.get(name)}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }


def replaced(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, str]:
    """Give the differences of the names that the first state has."""
    return changes(before, {name: value for name, value in after.items() if name in before})


def import_all(names: list[str]) -> None:
    for name in names:
        module, _, inner = name.partition(":")
        loaded = importlib.import_module(module)
        if inner:
            getattr(loaded, inner, None)  # none for a module of a package
