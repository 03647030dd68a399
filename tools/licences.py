"""Write docs/licences.md and the notices that a published site carries (``make licences``).

Licences come from the metadata of the installed packages, in the versions of requirements.txt;
licences.toml adds those that the metadata lack.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
TABLE = ROOT / "tools" / "licences.toml"
TEXTS = ROOT / "tools" / "licence_texts"
LISTING = ROOT / "docs" / "licences.md"
NOTICES = ROOT / "templates" / "theme" / "assets" / "gazette" / "LICENSES.txt"
LOCKED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^ \\;]+)", re.MULTILINE)


class UnknownLicenceError(Exception):
    """A package has no known licence, or is not installed in its locked version."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the works that a published site carries."""

    name: str
    licence: str
    copyright: str
    what: str
    inside: str = ""  # the part that contains it, if any


def locked(requirements: str) -> dict[str, str]:
    """Read the packages of a locked file: name → version."""
    return {found["name"]: found["version"] for found in LOCKED.finditer(requirements)}


def licence_of(name: str, version: str) -> str:
    """Give the licence of an installed package as an SPDX expression.

    Raises UnknownLicenceError if there is none, or if another version is installed.
    """
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        message = f"{name}: locked but not installed; run make setup"
        raise UnknownLicenceError(message) from None
    if found["Version"] != version:
        message = f"{name}: locked is {version}, installed {found['Version']}; run make setup"
        raise UnknownLicenceError(message)
    fields = (found[field] for field in ("License-Expression", "License") if field in found)
    for said in filter(None, (_table().get(name), *fields)):
        try:
            return str(canonicalize_license_expression(said))
        except InvalidLicenseExpression:
            continue
    message = f"{name}: its metadata holds no SPDX expression; read its licence, add it to {TABLE}"
    raise UnknownLicenceError(message)


def licences(requirements: str) -> dict[str, tuple[str, str]]:
    """List the packages of a locked file: name → version and licence."""
    return {name: (v, licence_of(name, v)) for name, v in locked(requirements).items()}


@cache
def _table() -> Mapping[str, str]:
    found: dict[str, str] = tomllib.loads(TABLE.read_text("utf-8"))["packages"]
    return found


def site_parts() -> list[Part]:
    """List the works that a published site carries."""
    return [Part(**part) for part in tomllib.loads(TABLE.read_text("utf-8"))["site"]]


def table_parts() -> list[Part]:
    """List the works that tables of the package were made from; no site carries them."""
    return [Part(**part) for part in tomllib.loads(TABLE.read_text("utf-8"))["tables"]]


def listing(packages: Mapping[str, tuple[str, str]], parts: list[Part]) -> str:
    """Write the page docs/licences.md."""
    rows = [f"| {name} | {version} | {licence} |" for name, (version, licence) in packages.items()]
    made_from = [
        f"| {part.name} | {part.licence} | {part.what}. {part.copyright} |"
        for part in table_parts()
    ]
    carried = [f"| {part.name} | {part.licence} | {part.what} |" for part in parts]
    return "\n".join(
        (
            "# Licences",
            "",
            "Made by `make licences` from requirements.txt and the packages' own metadata;"
            " the rest is in tools/licences.toml.",
            "",
            "## What a published site carries",
            "",
            "Their notices and the texts of their licences are in each site and each bundle:"
            " assets/gazette/LICENSES.txt.",
            "",
            "| work | licence (SPDX) | where |",
            "|---|---|---|",
            *carried,
            "",
            "## What tables of the package were made from",
            "",
            "They tell `gazette check` what scans confuse ([misprints.md](misprints.md));"
            " no site carries them.",
            "",
            "| work | licence (SPDX) | what was made from it, and by whom it is |",
            "|---|---|---|",
            *made_from,
            "",
            "## What a build needs",
            "",
            "A site contains no code of these packages, except the works named above.",
            "",
            "| package | version | licence (SPDX) |",
            "|---|---|---|",
            *rows,
            "",
        )
    )


def notices(parts: list[Part]) -> str:
    """Write the notices that licences require: the holders of the rights, then each text once."""
    works = [
        f"{part.name} ({part.licence}): {part.what}\n{part.copyright.strip()}" for part in parts
    ]
    # CC-BY-4.0 requires an address, which its notice gives; the others require their text
    wanted = sorted({part.licence for part in parts} - {"CC-BY-4.0"})
    texts = [f"{'=' * 72}\n{name}\n{'=' * 72}\n\n{licence_text(name)}" for name in wanted]
    head = "This site carries the works below. The official documents are not under copyright."
    return "\n\n".join((head, *works, *texts)) + "\n"


def licence_text(name: str) -> str:
    """Read the text of a licence, without the names of holders."""
    if name == "Apache-2.0":
        return (ROOT / "LICENSE-APACHE").read_text("utf-8").strip("\n")
    return (TEXTS / f"{name}.txt").read_text("utf-8").strip("\n")


def main() -> int:
    """Write both files; the exit status is 1 if a licence is unknown."""
    try:
        packages = licences(REQUIREMENTS.read_text("utf-8"))
    except UnknownLicenceError as error:
        sys.stderr.write(f"licences: {error}\n")
        return 1
    parts = site_parts()
    LISTING.write_text(listing(packages, parts), "utf-8")
    NOTICES.write_text(notices(parts), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
