"""Write the parts list of a release as CycloneDX JSON (``make sbom``).

cyclonedx-py reads what requirements.txt locks, with all hashes; this adds what that file does not
say: licences, which package needs which, and what is compiled into the theme. No clock and no
random number goes into it: the same locked file gives the same bytes.
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
    """What a parts list says of the whole."""

    component: Component


class Bom(TypedDict):
    """A parts list, as far as it is changed here."""

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
        # a locked line with its hashes, which stand in the part already
        part["description"] = metadata.metadata(name)["Summary"]
        part["licenses"] = [{"expression": licence_of(name, part["version"])}]
        needed = _needed(metadata.requires(name) or [], refs)
        bom["dependencies"].append({"ref": part["bom-ref"], "dependsOn": needed})
        if inside := _compiled_in(name):
            part["components"] = inside
    root["components"] = _compiled_in(root["name"])
    return bom


def canonical(name: str) -> str:
    """Write the name of a package in its one form."""
    return SEPARATORS.sub("-", name).lower()


def _needed(wanted: list[str], refs: dict[str, str]) -> list[str]:
    """Tell which of the locked packages a package needs, on whatever system; extras are none."""
    found = (Requirement(text) for text in wanted if "extra ==" not in text)
    names = {canonical(requirement.name) for requirement in found}
    return sorted(refs[name] for name in names if name in refs)


def _compiled_in(whose: str) -> list[Component]:
    """List the works of others that a part holds, without a version of their own."""
    return [
        {
            "bom-ref": f"{whose}-{part.name}", "type": "library", "name": part.name,
            "description": part.what, "copyright": part.copyright.strip(),
            "licenses": [{"expression": part.licence}],
        }
        for part in site_parts() if part.inside == whose
    ]  # fmt: skip


def printed(bom: Bom) -> str:
    """Print a parts list; raises ValueError where it breaks the schema."""
    text = json.dumps(bom, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if fault := JsonStrictValidator(VERSION).validate_str(text):
        message = f"the parts list breaks the schema: {fault}"
        raise ValueError(message)
    return text


def main() -> int:
    """Write it; the exit status is 1 where a licence is unknown."""
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
