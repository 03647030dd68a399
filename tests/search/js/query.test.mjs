import assert from "node:assert/strict";
import test from "node:test";

import { phrasesOf } from "../../../templates/search/query.mjs";

const phrases = query => phrasesOf(query, text => text.trim().toLowerCase());

test("blanks separate phrases, and each phrase is given once", () => {
  assert.deepEqual(phrases(" 医养结合\u3000 卫生\t医养结合 "), ["医养结合", "卫生"]);
});

test("quotation marks around a piece keep it together", () => {
  assert.deepEqual(phrases('“阳光 康养” "Wi Fi" 市'), ["阳光 康养", "wi fi", "市"]);
});

test("quotation marks inside a piece are characters like others", () => {
  assert.deepEqual(phrases("的“十三五”规划 “十三五”规划"), ["的“十三五”规划", "“十三五”规划"]);
});

test("a quotation mark that is not closed is a character like others", () => {
  assert.deepEqual(phrases("“阳光 康养"), ["“阳光", "康养"]);
  assert.deepEqual(phrases('"'), ['"']);
  assert.deepEqual(phrases("“”"), ["“”"]);
});

test("what folds to nothing is no phrase", () => {
  assert.deepEqual(phrases(""), []);
  assert.deepEqual(phrases("  "), []);
  assert.deepEqual(phrasesOf("川 府", text => (text === "川" ? "" : text)), [" ", "府"]);
});
