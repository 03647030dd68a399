import assert from "node:assert/strict";
import test from "node:test";

import {
  escapeText, findAll, markRanges, marksOf, rangesOf, showPassage
} from "../../../templates/search/snippets.mjs";

/* Blanks are dropped, other characters stay. */
function fold(text) {
  const chars = [], places = [];
  let at = 0;
  for (const char of text) {
    if (char !== " ") {
      chars.push(char);
      places.push(at);
    }
    at += char.length;
  }
  return { chars, places: [...places, text.length] };
}

const show = (text, phrases, place) =>
  showPassage({ text, folded: fold(text), anchor: "p1", unit: "一、", begins: true }, phrases, place);

test("what HTML could take for markup is escaped", () => {
  assert.equal(escapeText('<b a="1">&'), "&lt;b a=&quot;1&quot;&gt;&amp;");
});

test("a phrase is found at each of its places, overlapping ones too", () => {
  assert.deepEqual(findAll(Array.from("甲甲甲乙"), "甲甲"), [0, 1]);
  assert.deepEqual(findAll(Array.from("甲"), "甲乙"), []);
});

test("ranges that overlap or meet are one", () => {
  assert.deepEqual(rangesOf(fold("甲乙丙丁甲"), ["丙丁", "甲乙", "乙丙"]), [[0, 4]]);
  assert.deepEqual(rangesOf(fold("甲乙丙"), ["丙", "甲"]), [[0, 1], [2, 3]]);
});

test("a range covers the text as printed, blanks inside included and those behind not", () => {
  assert.equal(show("见 医 养 结合", ["医养"]).snippet, "见 <mark>医 养</mark> 结合");
});

test("a character outside the basic plane is marked whole", () => {
  assert.equal(show("甲𠮷𠮷乙", ["𠮷"]).snippet, "甲<mark>𠮷𠮷</mark>乙");
});

test("text outside of marks is escaped, and so is text inside of them", () => {
  assert.equal(markRanges("<a>&<b>", [[3, 5]], 0, 7), "&lt;a&gt;<mark>&amp;&lt;</mark>b&gt;");
});

test("a range is cut at the ends of what is shown", () => {
  assert.equal(markRanges("甲乙丙丁", [[0, 2], [3, 4]], 1, 3), "<mark>乙</mark>丙");
});

test("a long passage is shown around the hit at the place asked for", () => {
  const text = "前".repeat(100) + "医养" + "中".repeat(100) + "医养" + "后".repeat(100);
  const { snippet, printed } = show(text, ["医养"], 202);
  assert.equal(snippet, "…" + "中".repeat(48) + "<mark>医养</mark>" + "后".repeat(48) + "…");
  assert.equal(printed, "医养");
});

test("a snippet does not begin or end in the middle of a surrogate pair", () => {
  for (const [before, behind] of [["", ""], ["甲", ""], ["", "甲"], ["甲", "甲"]]) {
    const pairs = "𠮷".repeat(60);
    const { snippet } = show(pairs + before + "医" + behind + pairs, ["医"]);
    assert.ok(!/\p{Surrogate}/u.test(snippet), before + behind);
  }
});

test("a passage without a hit is shown from its beginning", () => {
  const shown = show("甲乙", ["丙"]);
  assert.deepEqual(shown, { anchor: "p1", unit: "一、", begins: true, snippet: "甲乙", forms: [[]], printed: "" });
});

test("a snippet shows each word of the query that the passage has, with what is between left out", () => {
  const text = "前".repeat(60) + "医养" + "中".repeat(200) + "卫生" + "后".repeat(60);
  const passage = { text, folded: fold(text), anchor: "p1", unit: "", begins: false };
  const { snippet, forms } = showPassage(passage, ["医养", "卫生"], 60, [["医养"], ["卫生"]]);
  assert.match(snippet, /^…前+<mark>医养<\/mark>中{48}…中{16}<mark>卫生<\/mark>后{16}…$/);
  assert.deepEqual(forms, [["医养"], ["卫生"]]);
});

test("what a page is to mark names each printed form once", () => {
  const listed = [[["医 养", "医养"], []], [["医养"], []]];
  assert.equal(marksOf(listed, [["医养"], ["卫生"]]), "医 养|医养  卫生");
  assert.equal(marksOf([], []), "");
});
