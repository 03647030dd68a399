import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { inflate } from "../../../templates/search/bytes.mjs";
import { makeFold } from "../../../templates/search/fold.mjs";
import { SKIPPED, load } from "./index.mjs";

const fold = makeFold([
  "發國", "发国", { "[": "〔【", "]": "〕】", '"': "“”", "-": "—" },
  [[0x20, 0x7e], [0x2460, 0x24ff], [0xff00, 0xffef]],
  "[\\u200b]", "[ \\u3000]+"
]);
const folded = text => fold(text).chars.join("");

test("each text of fold_vectors.json is folded as it says", { skip: SKIPPED }, async () => {
  const real = makeFold(await inflate((await load("manifest")).fold));
  const vectors = JSON.parse(readFileSync(new URL("../fold_vectors.json", import.meta.url), "utf8"));
  assert.ok(vectors.length > 15);
  for (const [text, wanted] of vectors) assert.equal(real(text).chars.join(""), wanted, text);
});

test("kinds of a mark, width, case and traditional characters are made one", () => {
  assert.equal(folded("國發〔２０１６〕—“Ａ”"), '国发[2016]-"a"');
});

test("a character whose NFKC is several characters stays", () => {
  assert.equal(folded("⑴①"), "⑴1");
});

test("a blank stays between letters or digits alone, and several are one", () => {
  assert.equal(folded(" Wi \u3000\n Fi 5 号 6 "), "wi fi 5号6");
});

test("a character without width does not separate", () => {
  assert.equal(folded("川\u200b府"), "川府");
});

test("places say where in the text each character begins, and where the text ends", () => {
  const { chars, places } = fold("𠮷 a  b\u200b國");
  assert.deepEqual(chars, ["𠮷", "a", " ", "b", "国"]);
  assert.deepEqual(places, [0, 3, 4, 6, 8, 9]);
});

test("an empty text has its end alone", () => {
  assert.deepEqual(fold(""), { chars: [], places: [0] });
});
