"""The manifest of an issue, held against the rules of IIIF Presentation 3.0."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.content import read_gazette
from generator.formats.iiif import CONTEXT, iiif_manifest
from generator.model import Issue
from generator.stages.pipeline import convert
from tests.sheets import find_on_page, three_notices

HOMEPAGE = "https://gazette.example/公报/"
BASE = "https://gazette.example/%E5%85%AC%E6%8A%A5/moumou/2024-03/"

# what chapter 3 and 5 of the specification require of each kind of resource, as far as it occurs
ADDRESS = {"type": "string", "pattern": r"^https?://[^\s#]+$"}
SAID = {
    "type": "object",
    "minProperties": 1,
    "patternProperties": {
        "^[a-z]{2}(-[A-Z]{2})?$|^none$": {
            "type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1},
        }
    },
    "additionalProperties": False,
}  # fmt: skip
PAIR = {
    "type": "object", "required": ["label", "value"], "additionalProperties": False,
    "properties": {"label": SAID, "value": SAID},
}  # fmt: skip
LINKED = {
    "type": "object", "required": ["id", "type", "label"],
    "properties": {"id": ADDRESS, "type": {"enum": ["Text", "Dataset"]}, "label": SAID},
}  # fmt: skip
IMAGE = {
    "type": "object", "required": ["id", "type", "format", "width", "height"],
    "properties": {
        "id": ADDRESS, "type": {"const": "Image"}, "format": {"const": "image/webp"},
        "width": {"type": "integer", "minimum": 1}, "height": {"type": "integer", "minimum": 1},
    },
}  # fmt: skip
PAINTING = {
    "type": "object", "required": ["id", "type", "motivation", "body", "target"],
    "properties": {
        "id": ADDRESS, "type": {"const": "Annotation"}, "motivation": {"const": "painting"},
        "body": IMAGE, "target": ADDRESS,
    },
}  # fmt: skip
TEXT = {
    "type": "object", "required": ["id", "type", "motivation", "body", "target"],
    "properties": {
        "id": ADDRESS, "type": {"const": "Annotation"}, "motivation": {"const": "supplementing"},
        "body": {
            "type": "object", "required": ["type", "value"],
            "properties": {
                "type": {"const": "TextualBody"}, "value": {"type": "string", "minLength": 1},
                "format": {"const": "text/plain"}, "language": {"const": "zh-CN"},
            },
        },
        "target": {"type": "string", "pattern": r"#xywh=\d+,\d+,[1-9]\d*,[1-9]\d*$"},
    },
}  # fmt: skip


def page(items: object) -> dict[str, object]:
    return {
        "type": "object", "required": ["id", "type", "items"],
        "properties": {
            "id": ADDRESS, "type": {"const": "AnnotationPage"},
            "items": {"type": "array", "minItems": 1, "items": items},
        },
    }  # fmt: skip


CANVAS = {
    "type": "object", "required": ["id", "type", "width", "height", "items"],
    "additionalProperties": False,
    "properties": {
        "id": ADDRESS, "type": {"const": "Canvas"}, "label": SAID,
        "width": {"type": "integer", "minimum": 1}, "height": {"type": "integer", "minimum": 1},
        "thumbnail": {"type": "array", "items": IMAGE},
        "items": {"type": "array", "minItems": 1, "items": page(PAINTING)},
        "annotations": {"type": "array", "items": page(TEXT)},
    },
}  # fmt: skip
RANGE = {
    "type": "object", "required": ["id", "type", "items"],
    "properties": {
        "id": ADDRESS, "type": {"const": "Range"}, "label": SAID,
        "items": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object", "required": ["id", "type"],
                "properties": {"id": ADDRESS, "type": {"const": "Canvas"}},
            },
        },
    },
}  # fmt: skip
MANIFEST = {
    "type": "object", "required": ["@context", "id", "type", "label", "items"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": CONTEXT}, "id": ADDRESS, "type": {"const": "Manifest"},
        "label": SAID, "metadata": {"type": "array", "items": PAIR}, "requiredStatement": PAIR,
        "viewingDirection": {"enum": ["left-to-right", "right-to-left"]},
        "homepage": {"type": "array", "items": LINKED},
        "seeAlso": {"type": "array", "items": LINKED},
        "items": {"type": "array", "minItems": 1, "items": CANVAS},
        "structures": {"type": "array", "items": RANGE},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("iiif") / "moumou" / "2024-03"
    three_notices().write(folder)
    facts = f'title = "某某市人民政府公报"\nhomepage = "{HOMEPAGE}"\n'
    (folder.parent / "gazette.toml").write_text(facts, "utf-8")
    return folder


@pytest.fixture(scope="module")
def issue(folder: Path) -> Issue:
    return convert(folder)


def manifest_of(issue: Issue, folder: Path) -> Any:
    sizes = {sheet.name: (1600, 2263) for sheet in issue.sheets if not sheet.is_withheld}
    return json.loads(iiif_manifest(issue, read_gazette(folder.parent), sizes))


def test_the_manifest_keeps_the_rules_of_presentation_3(issue: Issue, folder: Path) -> None:
    data = manifest_of(issue, folder)
    Draft202012Validator.check_schema(MANIFEST)
    Draft202012Validator(MANIFEST).validate(data)
    assert data["id"] == f"{BASE}manifest.json"
    ids = [data["id"]]
    canvases = {}
    for canvas in data["items"]:
        canvases[canvas["id"]] = canvas
        (painted,) = [a for p in canvas["items"] for a in p["items"]]
        assert painted["target"] == canvas["id"]
        assert (painted["body"]["width"], painted["body"]["height"]) == (1600, 2263)
        pages = [*canvas["items"], *canvas.get("annotations", ())]
        ids += [canvas["id"], *(p["id"] for p in pages)]
        for annotation in (a for p in pages for a in p["items"]):
            ids.append(annotation["id"])
            target, _, area = annotation["target"].partition("#xywh=")
            assert target == canvas["id"]
            x, y, width, height = map(int, area.split(",")) if area else (0, 0, 1, 1)
            assert x + width <= canvas["width"]
            assert y + height <= canvas["height"]
    ids += [one["id"] for one in data["structures"]]
    assert len(set(ids)) == len(ids)
    assert all(item["id"] in canvases for one in data["structures"] for item in one["items"])


def test_each_paragraph_is_an_annotation_where_it_is_printed(issue: Issue, folder: Path) -> None:
    data = manifest_of(issue, folder)
    texts = [block.text for d in issue.documents for block in d.all_blocks()]  # type: ignore[union-attr]
    annotations = [
        annotation
        for canvas in data["items"]
        for listed in canvas.get("annotations", ())
        for annotation in listed["items"]
    ]
    assert [a["body"]["value"] for a in annotations] == texts
    wanted = next(a for a in annotations if "防汛工作的经费" in a["body"]["value"])
    assert wanted["target"].startswith(f"{BASE}pages/0003/canvas#xywh=")
    x, y, _, _ = map(int, wanted["target"].rpartition("=")[2].split(","))
    left, top, _, _ = find_on_page(folder / "issue.pdf", 3, "二、保障措施。做好防汛工作的经费")
    assert abs(x - left * 1600) <= 8
    assert abs(y - top * 2263) <= 8


def test_documents_are_ranges_of_their_sheets(issue: Issue, folder: Path) -> None:
    data = manifest_of(issue, folder)
    sheets = [
        [item["id"].removeprefix(f"{BASE}pages/")[:4] for item in one["items"]]
        for one in data["structures"]
    ]
    assert sheets == [["0002"], ["0002", "0003", "0004"], ["0004", "0005"]]


def test_there_is_no_manifest_without_an_address_or_a_picture(issue: Issue, folder: Path) -> None:
    gazette = read_gazette(folder.parent)
    assert iiif_manifest(issue, gazette, {}) == ""
    (folder.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    sizes = {sheet.name: (1600, 2263) for sheet in issue.sheets}
    assert iiif_manifest(issue, read_gazette(folder.parent), sizes) == ""
