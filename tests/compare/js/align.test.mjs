import assert from "node:assert/strict";
import test from "node:test";

import { align } from "../../../templates/compare/align.mjs";

const unit = (key, text) => ({ key, text, bare: text });
const names = pairs => pairs.map(([one, other]) => `${one ? one.key : "·"}${other ? other.key : "·"}`).join(" ");

test("equal texts that occur once are partners, in the order of both lists", () => {
  const one = ["甲一二三四五六七", "乙一二三四五六七", "丙一二三四五六七"].map((text, n) => unit("123"[n], text));
  const other = [one[2], one[0], one[1]].map(({ bare }, n) => unit("abc"[n], bare));
  assert.equal(names(align(one, other, { work: 1e6 })), "·a 1b 2c 3·");
});

test("without work left, what shares a stretch of words are partners, else equal numbers", () => {
  const budget = { work: 0, isRough: false };
  const pairs = align([unit("1", "停车场应当公布收费标准，不得多收")], [unit("9", "另外一句"), unit("2", "停车场应当公布收费标准，按时收")], budget);
  assert.equal(names(pairs), "·9 12");
  assert.equal(budget.isRough, false);
  assert.equal(names(align([unit("1", "甲甲"), unit("2", "乙乙")], [unit("2", "丙丙")], budget)), "1· 22");
  assert.equal(budget.isRough, true);
});
