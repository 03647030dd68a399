import assert from "node:assert/strict";
import test from "node:test";

import { byCodePoints, intersect, lastAtMost, numerically } from "../../../templates/search/lists.mjs";

test("keys are ordered by code points, where JavaScript orders by UTF-16 units", () => {
  assert.ok("𠮷" < "\uff01");
  assert.deepEqual(["𠮷", "\uff01", "一"].sort(byCodePoints), ["一", "\uff01", "𠮷"]);
});

test("a key comes before those that it begins", () => {
  assert.ok(byCodePoints("川府", "川府发") < 0);
  assert.ok(byCodePoints("川府发", "川府") > 0);
  assert.equal(byCodePoints("川府", "川府"), 0);
  assert.ok(byCodePoints("", "a") < 0);
});

test("the last value at most the wanted one is found, or none", () => {
  const values = [2, 5, 5, 9];
  const places = [1, 2, 4, 5, 8, 9, 10].map(wanted => lastAtMost(values, wanted, numerically));
  assert.deepEqual(places, [-1, 0, 0, 2, 2, 3, 3]);
  assert.equal(lastAtMost([], 1, numerically), -1);
});

test("two bigrams of a phrase meet where each is at its place", () => {
  // 医养 at 3, 10 and 20; 结合 at 5, 13 and 22; in 医养结合 they are at 0 and 2
  const found = intersect(Uint32Array.of(3, 10, 20), 0, Uint32Array.of(5, 13, 22), 2);
  assert.deepEqual([...found], [3, 20]);
});

test("what is found is where the phrase begins, whichever bigrams are compared", () => {
  assert.deepEqual([...intersect(Uint32Array.of(5, 9), 2, Uint32Array.of(7, 30), 4)], [3]);
});

test("a bigram nearer to the beginning than its place gives no negative offset", () => {
  assert.deepEqual([...intersect(Uint32Array.of(0, 6), 0, Uint32Array.of(1, 8), 2)], [6]);
});

test("an empty list has nothing in common with any", () => {
  assert.deepEqual([...intersect(new Uint32Array(0), 0, Uint32Array.of(1), 0)], []);
});
