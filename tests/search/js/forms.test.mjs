import assert from "node:assert/strict";
import test from "node:test";

import { formsOf, hanNumeral, valueOf } from "../../../templates/search/forms.mjs";

const GROUPS = [["卫生健康委员会", "卫生健康委", "卫健委", "卫计委"], ["市某局", "某局"]];
const forms = phrase => formsOf(phrase, GROUPS, async () => []);

test("numerals are read and written", () => {
  for (const [text, value] of [
    ["十", 10], ["十二", 12], ["二十", 20], ["一百零三", 103], ["一百一十二", 112], ["一千零二", 1002], ["三百", 300]
  ]) {
    assert.equal(valueOf(text), value);
    assert.equal(hanNumeral(value), text);
  }
  for (const text of ["一二", "十百", "〇", "元"]) assert.equal(valueOf(text), 0, text);
  assert.equal(valueOf("0012"), 12);
});

test("years, dates and ordinals have forms in digits and in characters", async () => {
  assert.deepEqual(await forms("2003年"), ["二〇〇三年", "二零零三年", "二oo三年"]);
  assert.ok((await forms("二零零三年")).includes("2003年"));
  assert.ok((await forms("二〇一六年十二月五日")).includes("2016年12月5日"));
  assert.ok((await forms("2016年12月5日")).includes("二〇一六年十二月五日"));
  assert.deepEqual(await forms("第十二条"), ["第12条"]);
  assert.ok((await forms("第12条第(二)项")).includes("第十二条第(二)项"));
});

test("what is no whole year or ordinal has no other form", async () => {
  for (const phrase of ["二〇〇三", "第一", "第三方", "年", "12月", "一二三"]) {
    assert.deepEqual(await forms(phrase), [], phrase);
  }
});

test("numbers stand with commas and without", async () => {
  assert.deepEqual(await forms("1,234.5万元"), ["1234.5万元"]);
  assert.deepEqual(await forms("1234.5万元"), ["1,234.5万元"]);
  assert.deepEqual(await forms("12345678"), ["12,345,678"]);
  assert.deepEqual(await forms("[2016]"), []);
  assert.deepEqual(await forms("123.4567"), []);
});

test("an agency has its other names; a name that holds the typed one is found with it", async () => {
  assert.deepEqual(await forms("市卫健委"), ["市卫生健康委员会", "市卫生健康委", "市卫计委"]);
  assert.deepEqual(await forms("某局"), []);
});

test("marks may be left out, and words that texts print with marks are looked for", async () => {
  assert.deepEqual(await forms('"一带一路"建设'), ["一带一路建设"]);
  assert.deepEqual(await forms("阿不都·某"), ["阿不都某"]);
  for (const part of ['市"', '"', '·', '"市"', '路"建设']) assert.deepEqual(await forms(part), [], part);
  assert.deepEqual(await formsOf("一带一路", [], async () => ['"一带一路"']), []);
  assert.deepEqual(await formsOf("一带一路建设", [], async () => ['"一带一路"建设']), ['"一带一路"建设']);
});
