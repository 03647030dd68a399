import assert from "node:assert/strict";
import test from "node:test";

import { Reader } from "../../../templates/search/bytes.mjs";
import { match, matchAll } from "../../../templates/search/match.mjs";
import { makeNumbers } from "../../../templates/search/numbers.mjs";
import { makeReadings } from "../../../templates/search/pinyin.mjs";

/* An index of documents of 100 characters, whose titles have 10; tables[table + key] are varints. */
function indexOf(hits, tables = {}) {
  const segment = {
    starts: [0, 100], length: 200, lengthOf: () => 100,
    facts: [{ title: 10, day: 1 }, { title: 10, day: 2 }],
    hits: async phrase => new Map(hits[phrase] || []),
    offsets: async bigram => Uint32Array.from(hits[bigram] ? [hits[bigram][0][1].places[0]] : []),
    reader: async (table, key) => new Reader(Uint8Array.from(tables[table + key] || [])),
    mayMark: (one, other) => "q" + one + other in tables
  };
  const foldText = text => text.trim().replace(/[〔〕]/g, char => (char === "〔" ? "[" : "]"));
  const readNumber = makeNumbers({
    forms: [["^(\\D*?)\\[? ?(\\d{4})[\\] ] ?0*(\\d+)号?$", ["code", "year", "serial"]]],
    yearless: ["^(\\D{2,20}?)([1-9]\\d{0,2})号?$", ["code", "serial"]],
    state: "中华", short: {}, series: ["令"]
  });
  const readings = async () => makeReadings({ pan: "盘攀", zhi: "枝知" });
  const names = [["卫健委", "卫计委"]];
  return { segments: [segment], fold: null, foldText, readNumber, readings, names };
}

const hit = (...places) => ({ count: places.length, places });
const documents = found => found.hits.sort((a, b) => b.score - a.score).map(({ document }) => document);

test("an empty query matches nothing", async () => {
  assert.deepEqual(await match(indexOf({}), " "), { phrases: [], groups: [], tried: [], hits: [], note: null });
});

test("what stands there literally is not looked for in any other way", async () => {
  const found = await match(indexOf({ panzhi: [[0, hit(20)]] }), "panzhi");
  assert.deepEqual(documents(found), [0]);
  assert.equal(found.note, null);
});

test("documents of the likelier reading come first, whatever their own score", async () => {
  const hits = { 攀枝: [[0, hit(20, 30, 40)]], 盘知: [[1, hit(101)]] };
  const found = await match(indexOf(hits, { "ypan zhi": [1, 0, 9, 0, 1, 5] }), "panzhi");
  assert.deepEqual(documents(found), [0, 1]);
  assert.deepEqual(found.note, { kind: "pinyin", phrases: ["攀枝", "盘知"] });
});

test("pieces are looked for together, else one by one", async () => {
  const hits = { 医养: [[0, hit(20)]], 量子: [[1, hit(120)]] };
  const found = await match(indexOf(hits), "医养与量子");
  assert.deepEqual(documents(found).sort(), [0, 1]);
  assert.deepEqual(found.phrases, ["医养", "量子"]);
  assert.deepEqual(found.note, { kind: "pieces", phrases: ["医养", "量子"] });
  const together = await match(indexOf({ ...hits, 量子: [[0, hit(40)], [1, hit(120)]] }), "医养与量子");
  assert.deepEqual(documents(together), [0]);
});

test("phrases that no document has together are looked for one by one, which is said", async () => {
  const hits = { 医养: [[0, hit(20)]], 量子: [[1, hit(120)]] };
  const found = await match(indexOf(hits), "医养 量子");
  assert.deepEqual(documents(found).sort(), [0, 1]);
  assert.deepEqual(found.note, { kind: "pieces", phrases: ["医养", "量子"] });
});

test("filters alone list all documents, and the names that they mean are marked", async () => {
  const found = await matchAll(indexOf({ 财政厅: [[1, hit(140)]] }), ["财政厅"]);
  assert.deepEqual(documents(found), [1, 0]);
  assert.deepEqual(found.hits.map(({ places }) => places), [[140], []]);
});

test("what is found in no way has no note", async () => {
  assert.deepEqual(await match(indexOf({}), "龘龘"), {
    phrases: ["龘龘"], groups: [["龘龘"]], tried: [], hits: [], note: null
  });
});

test("other forms of a phrase are looked for, and said", async () => {
  const hits = { "2003年": [[0, hit(20)]], 二〇〇三年: [[1, hit(120)]] };
  const found = await match(indexOf(hits), "2003年");
  assert.deepEqual(documents(found).sort(), [0, 1]);
  assert.deepEqual(found.note, { kind: "forms", phrases: ["二〇〇三年"], literal: 1 });
  const literal = await match(indexOf(hits), "2003年", { isLiteral: true });
  assert.deepEqual(documents(literal), [0]);
  assert.equal(literal.note, null);
});

test("a form that adds no document is not said", async () => {
  const hits = { "2003年": [[0, hit(20)]], 二〇〇三年: [[0, hit(40)]] };
  const found = await match(indexOf(hits), "2003年");
  assert.deepEqual(documents(found), [0]);
  assert.equal(found.note, null);
});

test("the forms of each word are known apart, so that all words can be shown together", async () => {
  const hits = { 二〇〇三年: [[0, hit(20)]], "2003年": [[1, hit(120)]], 医养: [[0, hit(30)], [1, hit(130)]] };
  const found = await match(indexOf(hits), "二〇〇三年 医养");
  assert.deepEqual(found.groups, [["二〇〇三年", "2003年"], ["医养"]]);
  assert.deepEqual(found.hits.find(({ document }) => document === 1).byPhrase, [[120], [130]]);
});

test("two phrases may each stand in another form", async () => {
  const hits = { 市卫健委: [[0, hit(20)]], 市卫计委: [[1, hit(120)]], 第12条: [[1, hit(130)]] };
  const found = await match(indexOf(hits), "市卫健委 第十二条");
  assert.deepEqual(documents(found), [1]);
  assert.equal(found.note.literal, 0);
});

test("words that the text has in quotation marks are found without them", async () => {
  const bytes = text => [...new TextEncoder().encode(text)];
  const table = { q一带: [6, ...bytes("一带"), 8, ...bytes('"一带"')] };
  const found = await match(indexOf({ '"一带"建设': [[1, hit(120)]] }, table), "一带建设");
  assert.deepEqual(documents(found), [1]);
  assert.deepEqual(found.note.phrases, ['"一带"建设']);
});

test("a number without its year leads to the documents of every year", async () => {
  const code = [...new TextEncoder().encode("川府发")];
  const bearers = [0, code.length, ...code, 1, code.length, ...code];
  const found = await match(indexOf({}, { "n-.55": bearers }), "川府发55号");
  assert.deepEqual(documents(found).sort(), [0, 1]);
  assert.equal(found.note.kind, "number");
  assert.deepEqual(documents(await match(indexOf({}, { "n-.55": bearers }), "黔府发55号")), []);
});
