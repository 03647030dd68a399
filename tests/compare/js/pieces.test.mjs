import assert from "node:assert/strict";
import test from "node:test";

import { partsOf, piecesOf, unitsOf } from "../../../templates/compare/pieces.mjs";

test("an article is one unit with its paragraphs and items; the number in front does not count", () => {
  const units = unitsOf(piecesOf([["c1", "heading", "第一章　总则"], ["f1-a12", "paragraph", "第十二条　甲："], ["f1-a12-1", "paragraph", "（一）乙"], ["f1-a12-b2", "paragraph", "第十二条之一　丙"], ["p2", "paragraph", "丁"]]));
  assert.deepEqual(units.map(({ key, bare }) => [key, bare]), [["c1", "第一章　总则"], ["a12", "甲：\n（一）乙"], ["a12-b2", "丙"], ["", "丁"]]);
  assert.deepEqual(partsOf(units[1]).map(({ key }) => key), ["", "-1"]);
});

test("a table gives its rows; one without words gives none", () => {
  assert.deepEqual(piecesOf([["t1", "table", [["甲", "乙"], ["", ""]]]]).map(({ kind, text }) => [kind, text]), [["row", "甲｜乙"]]);
});
