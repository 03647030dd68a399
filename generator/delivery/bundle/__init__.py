"""site/ → zip files that open from disk, from any folder, without a network: docs/bundle.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from generator.delivery.bundle.earlier import read_earlier, read_sums, remove_others
from generator.delivery.bundle.issue import START, read_names, write_issue
from generator.delivery.bundle.pack import SUMS, put_in_place
from generator.delivery.bundle.plan import ARCHIVE, Zips
from generator.delivery.bundle.sign import SIGNATURES, Signer, check_signer, remove_signatures, sign
from generator.delivery.bundle.site_files import examine
from generator.runtime.digests import digest
from generator.runtime.errors import SiteError, UsageError
from generator.runtime.parallel import Alone, Run
from generator.runtime.patterns import lazy_regex
from generator.site.keys import BUNDLES, code_key

__all__ = ["SIGNATURES", "Signer", "bundle"]

# the pictures of sheets, the places of paragraphs on them, their manifest for viewers of IIIF, a
# scan; all inside the folder of an issue
OF_SHEETS = lazy_regex(r"^[^/]+/[^/]+/(?:pages/|[^/]+\.sheets\.js$|manifest\.json$|[^/]+\.pdf$)")


def bundle(
    site: Path,
    target: Path,
    homepages: Mapping[str, str],
    signer: Signer | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    *,
    text_only: bool = False,
    run: Run | None = None,
) -> list[Path]:
    """Write one zip of the archive and one of each issue into ``target``; give all its files.

    ``homepages`` maps a gazette's id to its public address, for links that lead out of an issue.
    ``text_only`` leaves out the pictures of sheets, and what shows or lists them. ``run`` has the
    processes that examine files and pack issues; without it, this process does everything.

    1. The same site gives the same zips, to the byte, whatever earlier zips there are.
    2. A zip with unchanged parts is left alone; the zip of an issue that is gone is removed.
    3. Files are read one at a time: memory grows with their number, not with their size.
    4. A zip is whole whenever the run ends; SHA256SUMS comes after the zips, its signature last.
    5. What has not changed is copied from the zips of an earlier run, and not compressed again; a
       zip that is damaged, or that this program did not make, is not copied from.

    Raises SiteError when there is no site, or when one of its files loads from another host, and
    UsageError when ``target`` is inside the site, or when the signer cannot sign.
    """
    if not (site / START).is_file():
        message = f"{site}: 还没有生成网站；请先运行 gazette build"
        raise SiteError(message)
    if site.resolve() in (target.resolve(), *target.resolve().parents):
        message = f"{target}: 在要打包的 {site} 里；请为 --target 换一个文件夹"
        raise UsageError(message)
    if signer:
        check_signer(signer)
    run = run or Alone()
    recorded = read_sums(target / SUMS)
    program = digest(code_key(BUNDLES), "text-only" if text_only else "")
    earlier = read_earlier(target / ARCHIVE, program, recorded.get(ARCHIVE, ""))
    # the pages of an archive without pictures are not those that were examined
    known = earlier.contents() if earlier else {}
    files = examine(site, {} if text_only else known, run, progress)
    if text_only:
        files = {name: content for name, content in files.items() if not OF_SHEETS.search(name)}
    zips = Zips(
        site=site,
        target=target,
        homepages=homepages,
        names=read_names(site),
        program=program,
        files=files,
        recorded=recorded,
        earlier=earlier,
        was=known,
        is_part=text_only,
    )
    planned = zips.plan()
    target.mkdir(parents=True, exist_ok=True)
    archive = zips.write_archive()
    progress("打包", 1, len(planned) + 1)
    kept = zips.kept(planned, run)
    new = [zips.work(zip_, archive) for zip_ in planned if zip_.name not in kept]
    done = {ARCHIVE: archive.sum, **kept}
    for work, total in zip(new, run(write_issue, new), strict=True):
        done[work.path.name] = total
        progress("打包", len(done), len(planned) + 1)
    done = {name: done[name] for name in (ARCHIVE, *(p.name for p in planned))}
    remove_others(target, recorded, set(done))
    signature = _write_sums(target / SUMS, done, signer)
    return [*(target / name for name in done), target / SUMS, *signature]


def _write_sums(path: Path, written: Mapping[str, str], signer: Signer | None) -> list[Path]:
    """Write the sums of the zips; no signature is ever beside sums that it does not sign."""
    text = "".join(f"{digest}  {name}\n" for name, digest in written.items())
    if not path.is_file() or path.read_text("utf-8", "replace") != text:
        remove_signatures(path)
        with put_in_place(path) as aside:
            aside.write_text(text, "utf-8")
    return [sign(path, signer)] if signer else []
