import assert from "node:assert/strict";
import test from "node:test";

import { piecesOf, piecesOfAll } from "../../../templates/search/pieces.mjs";

/* A segment of the given text. */
function segmentOf(text) {
  const chars = Array.from(text);
  return {
    offsets: async bigram => Uint32Array.from(
      chars.map((_, n) => n).filter(n => chars[n] + chars[n + 1] === bigram)
    )
  };
}

test("a phrase is taken apart into the longest pieces that occur, from its beginning on", async () => {
  const segments = [segmentOf("在攀枝花医养结合")];
  assert.deepEqual(await piecesOf(segments, "攀枝花医养结合量子"), ["攀枝花医养结合"]);
  assert.deepEqual(await piecesOf(segments, "医养结合攀枝花"), ["医养结合", "攀枝花"]);
});

test("bigrams that occur apart make no piece together", async () => {
  assert.deepEqual(await piecesOf([segmentOf("甲乙。乙丙")], "甲乙丙"), ["甲乙"]);
});

test("a piece may occur in any segment, but whole in one", async () => {
  const segments = [segmentOf("攀枝花"), segmentOf("花医养结合")];
  assert.deepEqual(await piecesOf(segments, "攀枝花医养"), ["攀枝花", "医养"]);
});

test("what occurs nowhere, and one character, have no pieces", async () => {
  assert.deepEqual(await piecesOf([segmentOf("攀枝花")], "量子"), []);
  assert.deepEqual(await piecesOf([segmentOf("攀枝花")], "花"), []);
});

test("forty characters of a phrase are looked at", async () => {
  const text = "甲乙".repeat(30);
  assert.deepEqual(await piecesOf([segmentOf(text)], text), ["甲乙".repeat(20)]);
});

test("pieces of several phrases are given once, and two letters are too short for one", async () => {
  const segments = [segmentOf("攀枝花 abc")];
  assert.deepEqual(await piecesOfAll(segments, ["攀枝花量", "子攀枝花", "bcx"]), ["攀枝花"]);
});
