import assert from "node:assert/strict";
import test from "node:test";

import { printedNumber, readNumber, sameCode, spelledOut } from "../../../templates/search/numbers.mjs";

const YEARLY = { code: "川府发", key: "2016.55", year: "2016" };

for (const typed of [
  "川府发[2016]55号", "川府发2016 55", "川府发(2016)55", "川府发<2016>055号", "川府发 2016 055",
  "川府发2016年55号", "川府发2016-55", "川府发[2016]第55号", "川府 发[2016]55号"
]) {
  test(typed + " is 川府发〔2016〕55号", () => assert.deepEqual({ ...readNumber(typed) }, YEARLY));
}

test("a number may be typed without its code", () => {
  assert.deepEqual({ ...readNumber("2016 13") }, { code: "", key: "2016.13", year: "2016" });
});

for (const typed of ["国务院令706", "国务院令第706号", "国务院令 第0706号", "第706号国务院令", "706号国务院令"]) {
  test(typed + " is 国务院令第706号, which has no year", () => {
    assert.deepEqual({ ...readNumber(typed) }, { code: "国务院令", key: "0.706" });
  });
}

for (const typed of ["医养结合", "川府发55号", "2016", "川府发1816 55", "川府发[2016]123456号", ""]) {
  test((typed || "nothing") + " is no number", () => assert.equal(readNumber(typed), null));
}

test("forms may be given as data", () => {
  const forms = ["^(?<code>\\D+)(?<year>\\d{4})/(?<serial>\\d+)$", "^(?<code>x)(?<serial>\\d+)$"];
  assert.deepEqual({ ...readNumber("川府发2016/55", forms) }, YEARLY);
  assert.deepEqual({ ...readNumber("x7", forms) }, { code: "x", key: "0.7" });
  assert.equal(readNumber("川府发[2016]55号", forms), null);
});

test("a number is printed as documents print it", () => {
  assert.equal(printedNumber(YEARLY), "川府发〔2016〕55号");
  assert.equal(printedNumber({ code: "国令", key: "0.706" }), "国务院令第706号");
  assert.equal(printedNumber({ code: "", key: "2016.13", year: "2016" }), "");
});

test("a short code is spelled out", () => {
  assert.equal(spelledOut("中华人民共和国国务院令"), "国务院令");
  assert.equal(spelledOut("国令"), "国务院令");
  assert.equal(spelledOut("省国令"), "省国令");
});

test("the same code counts more than its end or none; another does not count", () => {
  assert.equal(sameCode("川府发", "川府发"), 1);
  assert.equal(sameCode("国令", "国务院令"), 1);
  assert.equal(sameCode("府发", "川府发"), 0.5);
  assert.equal(sameCode("", "川府发"), 0.5);
  assert.equal(sameCode("川府函", "川府发"), 0);
});
