import assert from "node:assert/strict";
import test from "node:test";

import { Reader } from "../../../templates/search/bytes.mjs";
import { match } from "../../../templates/search/match.mjs";
import { makeNumbers } from "../../../templates/search/numbers.mjs";
import { makeReadings } from "../../../templates/search/pinyin.mjs";

/* An index of documents of 100 characters, whose titles have 10; tables[table + key] are varints. */
function indexOf(hits, tables = {}) {
  const segment = {
    starts: [0, 100], length: 200, lengthOf: () => 100,
    facts: [{ title: 10, day: 1 }, { title: 10, day: 2 }],
    hits: async phrase => new Map(hits[phrase] || []),
    offsets: async bigram => Uint32Array.from(hits[bigram] ? [hits[bigram][0][1].places[0]] : []),
    reader: async (table, key) => new Reader(Uint8Array.from(tables[table + key] || []))
  };
  const foldText = text => text.trim().replace(/[〔〕]/g, char => (char === "〔" ? "[" : "]"));
  const readNumber = makeNumbers({
    forms: [["^(\\D*?)\\[? ?(\\d{4})[\\] ] ?0*(\\d+)号?$", ["code", "year", "serial"]]],
    state: "中华", short: {}, series: ["令"]
  });
  const readings = async () => makeReadings({ pan: "盘攀", zhi: "枝知" });
  return { segments: [segment], fold: null, foldText, readNumber, readings };
}

const hit = (...places) => ({ count: places.length, places });
const documents = found => found.hits.sort((a, b) => b.score - a.score).map(({ document }) => document);

test("an empty query matches nothing", async () => {
  assert.deepEqual(await match(indexOf({}), " ", true), { phrases: [], hits: [], note: null });
});

test("what stands there literally is not looked for in any other way", async () => {
  const found = await match(indexOf({ panzhi: [[0, hit(20)]] }), "panzhi", true);
  assert.deepEqual(documents(found), [0]);
  assert.equal(found.note, null);
});

test("documents of the likelier reading come first, whatever their own score", async () => {
  const hits = { 攀枝: [[0, hit(20, 30, 40)]], 盘知: [[1, hit(101)]] };
  const found = await match(indexOf(hits, { "ypan zhi": [1, 0, 9, 0, 1, 5] }), "panzhi", true);
  assert.deepEqual(documents(found), [0, 1]);
  assert.deepEqual(found.note, { kind: "pinyin", phrases: ["攀枝", "盘知"] });
});

test("pieces are looked for together, else one by one", async () => {
  const hits = { 医养: [[0, hit(20)]], 量子: [[1, hit(120)]] };
  const found = await match(indexOf(hits), "医养与量子", true);
  assert.deepEqual(documents(found).sort(), [0, 1]);
  assert.deepEqual(found.phrases, ["医养", "量子"]);
  assert.deepEqual(found.note, { kind: "pieces", phrases: ["医养", "量子"] });
  const together = await match(indexOf({ ...hits, 量子: [[0, hit(40)], [1, hit(120)]] }), "医养与量子", true);
  assert.deepEqual(documents(together), [0]);
});

test("phrases that no document has together are looked for one by one, which is said", async () => {
  const hits = { 医养: [[0, hit(20)]], 量子: [[1, hit(120)]] };
  const found = await match(indexOf(hits), "医养 量子", true);
  assert.deepEqual(documents(found).sort(), [0, 1]);
  assert.deepEqual(found.note, { kind: "pieces", phrases: ["医养", "量子"] });
});

test("what is found in no way has no note", async () => {
  assert.deepEqual(await match(indexOf({}), "龘龘", true), { phrases: ["龘龘"], hits: [], note: null });
});
