import assert from "node:assert/strict";
import test from "node:test";

import { Reader } from "../../../templates/search/bytes.mjs";
import { findByReading, makeReadings, splitSyllables } from "../../../templates/search/pinyin.mjs";

const SYLLABLES = Object.fromEntries(
  ["xi", "an", "xian", "lv", "you", "pan", "zhi", "hua", "zhuang", "a", "n", "g"].map(s => [s, ["字"]])
);
const split = letters => splitSyllables(letters, SYLLABLES).map(parts => parts.join(" "));

test("letters are split into syllables", () => {
  assert.deepEqual(split("panzhihua"), ["pan zhi hua"]);
  assert.deepEqual(split("zhuangxi"), ["zhuang xi"]);
});

test("every way to split is given, the one of the fewest syllables first", () => {
  assert.deepEqual(split("xianyou"), ["xian you", "xi an you", "xi a n you"]);
});

test("fewer syllables come first, even where the first of them is shorter", () => {
  const syllables = { ab: ["字"], c: ["字"], d: ["字"], a: ["字"], bcd: ["字"] };
  assert.deepEqual(splitSyllables("abcd", syllables), [["a", "bcd"], ["ab", "c", "d"]]);
});

test("an apostrophe separates syllables", () => {
  assert.deepEqual(split("xi'an"), ["xi an", "xi a n"]);
});

test("ü is read as v, which the tables have for it", () => {
  assert.deepEqual(split("lüyou"), ["lv you"]);
});

test("one syllable is too few, and more than twelve are too many", () => {
  assert.deepEqual(split("you"), []);
  assert.deepEqual(split("you".repeat(12)), ["you ".repeat(12).trim()]);
  assert.deepEqual(split("you".repeat(13)), []);
});

test("at most four ways are given, however many there are", () => {
  assert.equal(split("xianxianxian").length, 4);
});

test("what is no pinyin cannot be split", () => {
  assert.deepEqual(split("pzh"), []);
  assert.deepEqual(split(""), []);
});

test("the characters of a letter are those of its syllables, each once", () => {
  const readings = makeReadings({ pa: "怕盼", pan: "攀盼", zhi: "枝" });
  assert.deepEqual(readings.y, { pa: ["怕", "盼"], pan: ["攀", "盼"], zhi: ["枝"] });
  assert.deepEqual(readings.i, { p: ["怕", "盼", "攀"], z: ["枝"] });
});

/* A segment whose tables hold these varints, and texts in which phrases occur so often. */
function archive(tables, counts) {
  const asked = [];
  const segment = { reader: async (table, key) => new Reader(Uint8Array.from(tables[table + key] || [])) };
  async function findHits(text) {
    asked.push(text);
    return [new Map(counts[text] ? [[0, { count: counts[text], places: [] }]] : [])];
  }
  const find = (letters, isThorough = true) => findByReading([segment], READINGS, letters, isThorough, findHits);
  return { asked, find };
}

const READINGS = makeReadings({ pan: "盘攀", zhi: "枝知", hua: "花" });

test("bigrams that are read so make up a phrase, which is given when it occurs", async () => {
  // 攀枝 and 盘知; 枝花
  const { find, asked } = archive({ "ypan zhi": [1, 0, 9, 0, 1, 5], "yzhi hua": [0, 0, 7] }, { 攀枝花: 3 });
  const found = await find("panzhihua");
  assert.deepEqual(found.map(({ text, count }) => [text, count]), [["攀枝花", 3]]);
  assert.deepEqual(asked, ["攀枝花"]);
});

test("the more frequent of two phrases comes first", async () => {
  const { find } = archive({ "ypan zhi": [1, 0, 9, 0, 1, 5] }, { 攀枝: 1, 盘知: 4 });
  assert.deepEqual((await find("panzhi")).map(({ text }) => text), ["盘知", "攀枝"]);
});

test("initials are tried where no syllables are found", async () => {
  const { find } = archive({ "ip z": [1, 0, 9], "iz h": [0, 0, 9] }, { 攀枝花: 1 });
  assert.deepEqual((await find("pzh")).map(({ text }) => text), ["攀枝花"]);
});

test("a name that is spelt so comes first, and a quick search then asks for no initials", async () => {
  const name = new TextEncoder().encode("潘知");
  const tables = { wpz: [name.length, ...name], "ip z": [1, 0, 9] };
  const counts = { 潘知: 1, 攀枝: 9 };
  assert.deepEqual((await archive(tables, counts).find("pz", true)).map(({ text }) => text), ["潘知", "攀枝"]);
  assert.deepEqual((await archive(tables, counts).find("pz", false)).map(({ text }) => text), ["潘知"]);
});

test("letters that nothing is read as give nothing", async () => {
  assert.deepEqual(await archive({}, {}).find("panzhi"), []);
});
