import assert from "node:assert/strict";
import test from "node:test";

import { addBearers, bestFirst, preferNearby, rank } from "../../../templates/search/rank.mjs";
import { Reader } from "../../../templates/search/bytes.mjs";

/* Documents of 100 characters each, whose titles have 10. */
function segmentOf(days, numbers = []) {
  return {
    starts: days.map((_, n) => 100 * n), length: 100 * days.length, lengthOf: () => 100,
    facts: days.map((day, n) => ({ title: 10, day, issue: n < 2 ? 0 : 1 })),
    names: { issues: ["g/2020-01", "g/2020-02"] },
    reader: async () => new Reader(Uint8Array.from(numbers.flatMap(([document, code]) => {
      const bytes = new TextEncoder().encode(code);
      return [document, bytes.length, ...bytes];
    })))
  };
}

const hit = (...places) => ({ count: places.length, places });
const order = hits => hits.sort(bestFirst).map(({ order: segment, document }) => segment + "." + document);

test("every phrase must be there, unless that is optional", () => {
  const segments = [segmentOf([1, 1, 1])];
  const hits = [[new Map([[0, hit(20)], [1, hit(120)]])], [new Map([[1, hit(130)], [2, hit(230)]])]];
  assert.deepEqual(order(rank(segments, ["医养", "卫生"], hits, false)), ["0.1"]);
  assert.deepEqual(order(rank(segments, ["医养", "卫生"], hits, true)), ["0.1", "0.0", "0.2"]);
});

test("where phrases are optional, longer ones count for more", () => {
  const hits = [[new Map([[0, hit(20)]])], [new Map([[1, hit(130)]])]];
  assert.deepEqual(order(rank([segmentOf([1, 1])], ["医养", "公共卫生"], hits, true)), ["0.1", "0.0"]);
});

test("a phrase in the title counts more than many hits of several phrases below it", () => {
  const many = { count: 80, places: [20, 22] };
  const hits = [103, 120, 130, 140].map(place => [new Map([[0, many], [1, hit(place)]])]);
  const phrases = ["医养", "卫生", "工作", "方案"];
  assert.deepEqual(order(rank([segmentOf([1, 1])], phrases, hits, false)), ["0.1", "0.0"]);
});

test("more hits come before fewer, and the newer of two that are alike before the older", () => {
  const hits = [[new Map([[0, hit(20)], [1, hit(120)], [2, hit(220, 230)]])]];
  assert.deepEqual(order(rank([segmentOf([5, 9, 1])], ["医养"], hits, false)), ["0.2", "0.1", "0.0"]);
});

test("hits of several segments are ordered as one list, and keep their places", () => {
  const segments = [segmentOf([1]), segmentOf([2])];
  const found = rank(segments, ["医养"], [[new Map([[0, hit(20)]]), new Map([[0, hit(30, 40)]])]], false);
  assert.deepEqual(order(found), ["1.0", "0.0"]);
  assert.deepEqual(found.map(({ places }) => places), [[30, 40], [20]]);
});

test("who bears a number comes first, the same code before its end", async () => {
  const segments = [segmentOf([1, 1, 1], [[1, "府发"], [2, "川府发"], [0, "川府函"]])];
  const found = rank(segments, ["医养"], [[new Map([[0, hit(5)], [1, hit(120)]])]], false);
  await addBearers(found, segments, { code: "府发", key: "2016.55" }, true);
  assert.deepEqual(order(found), ["0.1", "0.2", "0.0"]);
});

test("of two that bear a number, the one of the very code comes before a newer one", async () => {
  const segments = [segmentOf([1, 9], [[0, "府发"], [1, "川府发"]])], found = [];
  await addBearers(found, segments, { code: "府发", key: "2016.55" }, true);
  assert.deepEqual(order(found), ["0.0", "0.1"]);
});

test("who bears a number but was not found is added only where that is wanted", async () => {
  const segments = [segmentOf([1, 1], [[1, "川府发"]])];
  for (const [isAdding, count] of [[false, 0], [true, 1]]) {
    const found = [];
    await addBearers(found, segments, { code: "川府发", key: "2016.55" }, isAdding);
    assert.equal(found.length, count);
  }
});

test("the open document comes first, then its issue, then the archive", () => {
  const hits = [[new Map([[0, hit(20)], [1, hit(120)], [2, hit(201)]])]];
  const found = rank([segmentOf([1, 1, 9])], ["医养"], hits, false);
  preferNearby(found, "g/2020-01", 1);
  assert.deepEqual(order(found), ["0.1", "0.0", "0.2"]);
  assert.deepEqual(found.map(({ here }) => !!here), [true, false, false]);
});
