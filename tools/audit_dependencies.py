"""Ask a public service for vulnerabilities of the locked packages (``make audit-dependencies``).

pip-audit asks the service; if the service cannot be reached, one line says that nothing was asked.
Exit status: 0 no vulnerability known, or service not reached; 1 vulnerabilities are known; 2 the
answer is unusable.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TypeAlias

import msgspec
import requests

ROOT = Path(__file__).resolve().parent.parent
SERVICE = "https://api.osv.dev/v1/query"
FILES = tuple(sorted(ROOT.glob("requirements*.txt")))
PATIENCE = 20  # seconds until a service counts as not reached
QUESTION = b'{"package": {"name": "pip", "ecosystem": "PyPI"}, "version": "999"}'


class Vulnerability(msgspec.Struct):
    """A known vulnerability of a package."""

    id: str
    fix_versions: tuple[str, ...] = ()
    description: str = ""


class Package(msgspec.Struct):
    """A package with its vulnerabilities, or with the reason why it was skipped."""

    name: str
    version: str = ""
    vulns: tuple[Vulnerability, ...] = ()
    skip_reason: str = ""


class Answer(msgspec.Struct):
    """The JSON output of pip-audit."""

    dependencies: tuple[Package, ...]


Asked: TypeAlias = "Answer | str"  # the answer, or an error message


def fault_of(service: str) -> str:
    """Give the reason why a service cannot be reached; empty if it can be reached."""
    try:
        answer = requests.post(service, data=QUESTION, timeout=PATIENCE)
        answer.raise_for_status()
    except requests.RequestException as error:
        return type(error).__name__
    return ""


def ask(service: str, files: tuple[Path, ...]) -> Asked:
    """Run pip-audit on the packages of locked files; give its answer or its error message."""
    named = [part for path in files for part in ("--requirement", str(path))]
    done = subprocess.run(
        [
            sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", *named,
            "--vulnerability-service", "osv", "--osv-url", service, "--timeout", str(PATIENCE),
            "--format", "json", "--progress-spinner", "off",
        ],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    try:
        return msgspec.json.decode(done.stdout, type=Answer)
    except msgspec.DecodeError:
        return done.stderr.strip()


def report(answer: Answer) -> list[str]:
    """Write a line for each vulnerability, and for each package that was skipped."""
    lines = []
    for package in sorted(answer.dependencies, key=lambda found: found.name):
        if package.skip_reason:
            lines.append(f"{package.name}: {package.skip_reason}")
        for found in package.vulns:
            fix = ", ".join(found.fix_versions) or "no version"
            said = found.description.split("\n")[0]
            lines.append(f"{package.name} {package.version}: {found.id}, mended in {fix}: {said}")
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Ask the service and print its answer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--service", default=SERVICE, help="address of the service's queries")
    parser.add_argument("files", nargs="*", type=Path, default=FILES, help="locked files")
    options = parser.parse_args(arguments)
    if fault := fault_of(options.service):
        sys.stdout.write(f"audit skipped: {options.service} cannot be reached ({fault})\n")
        return 0
    answer = ask(options.service, tuple(options.files))
    if isinstance(answer, str):
        sys.stderr.write(f"audit failed:\n{answer}\n")
        return 2
    known = sum(len(package.vulns) for package in answer.dependencies)
    sys.stdout.writelines(f"{line}\n" for line in report(answer))
    sys.stdout.write(f"{len(answer.dependencies)} packages, {known} known vulnerabilities\n")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
