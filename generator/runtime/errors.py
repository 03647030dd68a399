"""The errors of content, configuration and disks; their messages are Chinese, for editors.

Faults of the text itself are never raised: they become ``Diagnostic`` values of the issue.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# what an operating system says, in words for editors
SYSTEM_WORDS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "是文件，不是文件夹",
    errno.ELOOP: "是指向自己的链接",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件太大",
    errno.EROFS: "磁盘只能读，不能写",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "同时打开的文件太多",
    errno.EADDRINUSE: "端口已被别的程序占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


# what to do about it
REMEDIES = {
    errno.ENOENT: "请核对名称和位置",
    errno.EACCES: "请检查这个文件或文件夹的权限，或关掉正在用它的程序",
    errno.EPERM: "请检查这个文件或文件夹的权限，或关掉正在用它的程序",
    errno.ENOSPC: "请腾出磁盘空间，再运行一次",
    errno.EDQUOT: "请腾出磁盘空间，再运行一次",
    errno.EROFS: "请换一个能写的位置",
    errno.ENAMETOOLONG: "请改短名称",
    errno.EIO: "请检查磁盘",
}


class GazetteError(Exception):
    """A fault that ends the command; the message says what is wrong, where, and what to do."""

    exit_code = 1


class SourceError(GazetteError):
    """An issue's folder cannot be read as an issue (content at fault, exit 1)."""


@dataclass(slots=True)
class Faults:
    """The faults of several items, each in a line: one must not hide those of the others."""

    lines: list[str] = field(default_factory=list)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note a SourceError of the block, and go on after the block."""
        try:
            yield
        except SourceError as error:
            self.add(str(error))

    def add(self, message: str) -> None:
        """Note a fault, or several in a line each; one that is known already is not noted again."""
        self.lines += [line for line in message.split("\n") if line not in self.lines]

    def end(self) -> None:
        """Raise SourceError with all faults if there are any."""
        if self.lines:
            raise SourceError("\n".join(self.lines))


class ContentError(GazetteError):
    """Issues were read, but may not be published as they are (content at fault, exit 1)."""


class SiteError(GazetteError):
    """The website, or a product of it, could not be made (exit 1)."""


class UsageError(GazetteError):
    """The command or the program's own configuration is at fault (exit 2)."""

    exit_code = 2


def reason_of(error: OSError) -> str:
    """Give the reason of the operating system in Chinese; in its own words if it is a rare one."""
    return SYSTEM_WORDS.get(error.errno or 0) or error.strerror or str(error)


def words_of(error: OSError) -> str:
    """Say of an error of the operating system what is wrong, with which file, and what to do."""
    where = f"{error.filename}: " if error.filename else ""
    remedy = REMEDIES.get(error.errno or 0, "请排除后再运行一次")
    return f"{where}读写出错（{reason_of(error)}）；{remedy}"
