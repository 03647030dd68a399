import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { inflate } from "../../../templates/search/bytes.mjs";
import { makeNumbers, readIssue, sameCode } from "../../../templates/search/numbers.mjs";
import { SKIPPED, load } from "./index.mjs";

const typed = JSON.parse(readFileSync(new URL("../typed_numbers.json", import.meta.url), "utf8"));
const real = async () => makeNumbers(await inflate((await load("manifest")).numbers));
const small = makeNumbers({
  forms: [
    ["^(\\D+) ?(\\d{2,4})/(\\d+)(\\D?)$", ["code", "year", "serial", "code"]],
    ["^(\\D+)(\\d+)$", ["code", "serial"]],
    ["^(\\d{4}) (\\d+)$", ["year", "serial"]]
  ],
  yearless: ["^(\\D{2,9}?)#(\\d{1,3})号$", ["code", "serial"]],
  state: "中华", short: { "国令": "国务院令" }, series: ["令"]
});

test("each text of typed_numbers.json is read as the number that it says", { skip: SKIPPED }, async () => {
  const read = await real();
  assert.ok(Object.keys(typed.numbers).length > 15);
  for (const [text, printed] of Object.entries(typed.numbers)) {
    const number = read(text.normalize("NFKC"));
    assert.ok(number, text);
    if (number.code) assert.equal(number.printed, printed, text);
  }
});

test("other texts of typed_numbers.json are no numbers", { skip: SKIPPED }, async () => {
  const read = await real();
  for (const text of typed.others) assert.equal(read(text), null, text);
});

test("a number has the key of the table of numbers, with its year or 0", () => {
  assert.deepEqual(small("川府发2016/55"), { code: "川府发", key: "2016.55", printed: "川府发〔2016〕55号" });
  assert.deepEqual(small("某令7"), { code: "某令", key: "0.7", printed: "某令第7号" });
  assert.equal(small("某令2018/7").printed, "某令2018年第7号");
});

test("a number without its code is printed nowhere", () => {
  assert.deepEqual(small("2016 13"), { code: "", key: "2016.13", printed: "" });
});

test("a year of two digits is one of the 1900s", () => {
  assert.equal(small("川征字88/1").key, "1988.1");
});

test("a code loses the state at its beginning, a short one is spelled out, pieces are joined", () => {
  assert.equal(small("中华国务院令7").code, "国务院令");
  assert.equal(small("国令7").code, "国务院令");
  assert.equal(small("省国令7").code, "省国令");
  assert.equal(small("国务院 2016/7令").code, "国务院令");
});

test("the same code counts more than its end or none; another does not count", () => {
  assert.equal(sameCode("川府发", "川府发"), 1);
  assert.equal(sameCode("府发", "川府发"), 0.5);
  assert.equal(sameCode("", "川府发"), 0.5);
  assert.equal(sameCode("川府函", "川府发"), 0);
});

test("a number without its year fits any year", () => {
  const number = small("川府发#55号");
  assert.equal(number.key, "-.55");
  assert.ok(number.hasAnyYear);
  assert.equal(small("川府发#2019号"), null);
});

test("川府发55 is read as a number without its year", { skip: SKIPPED }, async () => {
  const read = await real();
  for (const text of ["川府发55", "川府发 55号", "川府发第055号"]) assert.equal(read(text).key, "-.55", text);
  for (const text of ["第55号", "川府发2019", "川府发"]) assert.equal(read(text), null, text);
});

test("the number of an issue is read", () => {
  for (const [text, key, title] of [
    ["总第227期", "e.227", ""], ["(总第227期)", "e.227", ""], ["总227期", "e.227", ""],
    ["2017年第1期", "e.2017.1", ""], ["二〇一七年第一期", "e.2017.1", ""], ["2017第01期", "e.2017.1", ""],
    ["某市人民政府公报2017年第12期", "e.2017.12", "某市人民政府公报"], ["2017年第1期(总第227期)", "e.2017.1", ""]
  ]) {
    const issue = readIssue(text);
    assert.equal(issue && issue.key, key, text);
    assert.equal(issue.title, title, text);
  }
  for (const text of ["第1期", "2017年", "总第期", "2017年第1号", "2017年第一二期"]) assert.equal(readIssue(text), null, text);
});
