"""Write the parts list of a release as CycloneDX JSON (``make sbom``).

cyclonedx-py reads the locked packages of requirements.txt with all hashes. This tool adds the facts
that the file lacks: licences, the packages that each package needs, and the works that are compiled
into the theme. It uses no clock and no random numbers: the same locked file gives the same bytes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TypedDict

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

from tools.licences import (
    REQUIREMENTS,
    ROOT,
    UnknownLicenceError,
    licence_of,
    site_parts,
)

TARGET = ROOT / "dist" / "gazette-generator.cdx.json"
PROJECT = ROOT / "pyproject.toml"
VERSION = SchemaVersion.V1_6
SEPARATORS = re.compile(r"[-_.]+")

Component = TypedDict(
    "Component",
    {
        "bom-ref": str, "type": str, "name": str, "version": str, "purl": str, "description": str,
        "copyright": str, "licenses": list[dict[str, str]], "components": list["Component"],
    },
    total=False,
)  # fmt: skip


class Metadata(TypedDict):
    """The part of a parts list that describes the project itself."""

    component: Component


class Bom(TypedDict):
    """A parts list, with only those fields that are changed here."""

    metadata: Metadata
    components: list[Component]
    dependencies: list[dict[str, str | list[str]]]


def parts_list(requirements: Path) -> Bom:
    """Make the parts list of a locked file."""
    made = subprocess.run(
        [
            sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements",
            "--pyproject", str(PROJECT), "--output-reproducible",
            "--spec-version", "1.6", "--no-validate", str(requirements),
        ],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    bom: Bom = json.loads(made.stdout)
    root = bom["metadata"]["component"]
    refs = {canonical(part["name"]): part["bom-ref"] for part in bom["components"]}
    wanted = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["dependencies"]
    bom["dependencies"] = [{"ref": root["bom-ref"], "dependsOn": _needed(wanted, refs)}]
    for part in bom["components"]:
        name = canonical(part["name"])
        # replaces the locked line with its hashes, which the part has in another field
        part["description"] = metadata.metadata(name)["Summary"]
        part["licenses"] = [{"expression": licence_of(name, part["version"])}]
        needed = _needed(metadata.requires(name) or [], refs)
        bom["dependencies"].append({"ref": part["bom-ref"], "dependsOn": needed})
        if inside := _compiled_in(name):
            part["components"] = inside
    root["components"] = _compiled_in(root["name"])
    return bom


def canonical(name: str) -> str:
    """Give the canonical form of a package's name: Ruamel.Yaml → ruamel-yaml."""
    return SEPARATORS.sub("-", name).lower()


def _needed(wanted: list[str], refs: dict[str, str]) -> list[str]:
    """List the locked packages that a package needs on any system, without its extras."""
    found = (Requirement(text) for text in wanted if "extra ==" not in text)
    names = {canonical(requirement.name) for requirement in found}
    return sorted(refs[name] for name in names if name in refs)


def _compiled_in(outer: str) -> list[Component]:
    """List the works of others that are compiled into a part; they have no version of their own."""
    return [
        {
            "bom-ref": f"{outer}-{part.name}", "type": "library", "name": part.name,
            "description": part.what, "copyright": part.copyright.strip(),
            "licenses": [{"expression": part.licence}],
        }
        for part in site_parts() if part.inside == outer
    ]  # fmt: skip


def printed(bom: Bom) -> str:
    """Give a parts list as JSON; raises ValueError if it breaks the schema."""
    text = json.dumps(bom, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if fault := JsonStrictValidator(VERSION).validate_str(text):
        message = f"the parts list breaks the schema: {fault}"
        raise ValueError(message)
    return text


def main() -> int:
    """Write the parts list; the exit status is 1 if a licence is unknown."""
    try:
        text = printed(parts_list(REQUIREMENTS))
    except UnknownLicenceError as error:
        sys.stderr.write(f"sbom: {error}\n")
        return 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
