"""Issues of several files (documents/): their contents, pictures, categories and masthead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from generator.model import Document, Masthead, Source
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.contents import Contents, read_contents
from generator.stages.parse.entry_lines import is_contents_word
from generator.stages.parse.file_tops import FileLines
from generator.stages.parse.lines import Line

# 2024-02, 2024-03-04 (合刊), 2024-z1 (增刊, which has a number of its own)
FOLDER_NAME = lazy_regex(r"(?P<year>\d{4})-(?:(?P<number>\d{1,3})(?:-\d{1,3})*|z\d{1,3})")


def contents_of_files(lines: tuple[Line, ...], source: Source) -> Contents:
    """Read the contents of an issue of several files, which the first of them may hold."""
    first = sum(line.number <= source.parts[0].last for line in lines)
    if not any(map(is_contents_word, lines[:first])):
        return Contents(0, 0)
    contents = read_contents(lines)
    return contents if contents.end <= first else Contents(0, 0)


def files_below(lines: tuple[Line, ...], source: Source) -> tuple[FileLines, ...]:
    """Give the files that have lines below the contents."""
    top = lines[0].number if lines else 0
    return tuple(
        FileLines(part.name, part.first, part.last) for part in source.parts if part.last >= top
    )


def with_pictures_of_files(lines: tuple[Line, ...], source: Source) -> tuple[Line, ...]:
    """Find the pictures that a file in documents/ names from its own place."""
    if not source.parts:
        return lines
    found = []
    for line in lines:
        part = source.part_of(line.number)
        if line.image and part:
            beside = PurePosixPath(part.name).parent / line.image
            places = (f"{source.file}/{beside}", f"{source.file}/{line.image}", line.image)
            image = next((place for place in places if place in source.files), line.image)
            line = replace(line, image=image)
        found.append(line)
    return tuple(found)


def category_of(document: Document, source: Source) -> str:
    """Give the category of a document that no printed contents list: of its file, or its number."""
    part = source.part_of(document.lines.first)
    if part and part.category:
        return part.category
    codes = dict(source.facts.categories)
    return codes.get(document.number.code, "") if document.number else ""


def complete_masthead(masthead: Masthead, source: Source) -> Masthead:
    """Fill in the year and the numbers that are not printed: by issue.toml, else by the folder."""
    facts = source.facts
    named = FOLDER_NAME.fullmatch(source.name.rpartition("/")[2])
    year, number = (named["year"], named["number"]) if named else (None, None)
    return replace(
        masthead,
        year=masthead.year or facts.year or (int(year) if year else None),
        number=masthead.number or facts.number or (int(number) if number else None),
        total_number=masthead.total_number or facts.total_number,
    )
