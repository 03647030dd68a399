import assert from "node:assert/strict";
import test from "node:test";

import { compareWords } from "../../../templates/compare/words.mjs";
import { diffArrays, write } from "./read.mjs";

const compared = (one, other, words = 1e6) => write(compareWords(one, other, diffArrays, { words }));

test("equal texts are one part", () => {
  assert.deepEqual(compareWords("本办法", "本办法", diffArrays, { words: 9 }), [["=", "本办法"]]);
});

test("numbers and ordinals change as a whole", () => {
  assert.equal(compared("自2016年1月起", "自2026年1月起"), "自[-2016][+2026]年1月起");
  assert.equal(compared("收费1.5元", "收费12.5元"), "收费[-1.5][+12.5]元");
  assert.equal(compared("依照第十条办理", "依照第十一条办理"), "依照[-第十条][+第十一条]办理");
  assert.equal(compared("（三）公共的", "（四）公共的"), "[-（三）][+（四）]公共的");
});

test("a short equal part between changes belongs to them", () => {
  assert.equal(compared("由甲局和乙局负责", "由丙厅和丁厅负责"), "由[-甲局和乙局][+丙厅和丁厅]负责");
  assert.equal(compared("由市公安局会同财政、税务部门负责管理工作", "由县公安局会同财政、税务部门负责监督工作"), "由[-市][+县]公安局会同财政、税务部门负责[-管理][+监督]工作");
});

test("what is added begins and ends where a part of a sentence does", () => {
  assert.equal(compared("交通局、城管局", "交通局、住建局、城管局"), "交通局、[+住建局、]城管局");
  assert.equal(compared("应当公布。应当报告。", "应当公布。应当备案。应当报告。"), "应当公布。[+应当备案。]应当报告。");
  assert.equal(compared("甲。乙丙。", "甲。"), "甲。[-乙丙。]");
});

test("a text without its like is deleted, its successor added", () => {
  assert.equal(compared("", "新的"), "[+新的]");
  assert.equal(compared("旧的", ""), "[-旧的]");
  assert.equal(compared("甲乙", "丙丁"), "[-甲乙][+丙丁]");
});

test("characters beyond the sixteen bits stay whole", () => {
  assert.equal(compared("元素𬭸的", "元素𬭶的"), "元素[-𬭸][+𬭶]的");
});

test("no word is lost or moved, whatever the texts are", () => {
  let seed = 5;
  const random = n => (seed = (seed * 48271) % 2147483647) % n;
  const text = () => Array.from({ length: random(40) }, () => "甲乙丙，。12、第三条"[random(12)]).join("");
  for (let n = 0; n < 3000; n++) {
    const [one, other] = [text(), text()], parts = compareWords(one, other, diffArrays, { words: 1e6 });
    const side = signs => parts.filter(([sign]) => signs.includes(sign)).map(([, words]) => words).join("");
    assert.equal(side("=-"), one);
    assert.equal(side("=+"), other);
  }
});

test("without work left, what differs is replaced in whole", () => {
  assert.equal(compared("某甲管理乙某", "某丙监督丁某", 0), "某[-甲管理乙][+丙监督丁]某");
});
