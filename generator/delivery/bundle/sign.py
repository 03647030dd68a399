"""SHA256SUMS → a detached signature beside it, by minisign or GnuPG."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.delivery.bundle.pack import put_in_place
from generator.runtime.errors import UsageError

SIGNATURES = {"minisign": ".minisig", "gpg": ".asc"}
TIMEOUT = 120


@dataclass(frozen=True, slots=True)
class Signer:
    """The program that signs, and its key."""

    program: str  # of SIGNATURES
    key: str = ""  # minisign: file of the secret key; gpg: id of the key; empty: its default


def check_signer(signer: Signer) -> None:
    """Refuse a missing program, or a missing key file of minisign, before anything is written."""
    if not shutil.which(signer.program):
        package = {"minisign": "minisign", "gpg": "gnupg"}[signer.program]
        message = f"--sign {signer.program}: 没有安装这个程序；请先安装：apt-get install {package}"
        raise UsageError(message)
    if signer.program == "minisign" and signer.key and not Path(signer.key).is_file():
        message = f"--sign-key {signer.key}: 没有这个密钥文件；请改正，或用 minisign -G -W 新建密钥"
        raise UsageError(message)


def sign(path: Path, signer: Signer) -> Path:
    """Write a file's signature beside it; raises UsageError with the messages of the program."""
    signature = signature_of(path, signer.program)
    with put_in_place(signature) as aside:
        command = _command(path, aside, signer)
        try:
            # no input: there may be no one to answer a question
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=TIMEOUT
            )
        except subprocess.TimeoutExpired as error:
            message = (
                f"{signer.program} 在 {TIMEOUT} 秒内没有签好 {path}；"
                "请检查密钥是否要输入密码，签名时不能输入"
            )
            raise UsageError(message) from error
        if done.returncode or not aside.is_file():
            said = (done.stderr + done.stdout).decode("utf-8", "replace").split("\n")
            reason = "; ".join(line.strip() for line in said if line.strip())
            message = f"{signer.program} 没有签好 {path}；请检查密钥：{reason or '没有说明原因'}"
            raise UsageError(message)
    return signature


def signature_of(path: Path, program: str) -> Path:
    """Give the path of a file's signature."""
    return path.with_name(path.name + SIGNATURES[program])


def remove_signatures(path: Path) -> None:
    """Remove the signatures of earlier contents of a file."""
    for program in SIGNATURES:
        signature_of(path, program).unlink(missing_ok=True)


def _command(path: Path, signature: Path, signer: Signer) -> list[str]:
    if signer.program == "minisign":
        key = ["-s", signer.key] if signer.key else []
        # the default trusted comment would contain the time
        return ["minisign", "-S", *key, "-t", path.name, "-m", str(path), "-x", str(signature)]
    key = ["--local-user", signer.key] if signer.key else []
    command = ["gpg", "--batch", "--yes", "--armor", *key, "--output", str(signature)]
    return [*command, "--detach-sign", str(path)]
