import assert from "node:assert/strict";
import test from "node:test";

import { gazetteCompare } from "../../../templates/compare/compare.mjs";
import { blocks, diffArrays, rows } from "./read.mjs";

const OLD = blocks(`
  title 某某市停车管理办法
  a1 第一条　为了加强停车管理，制定本办法。
  a2 第二条　市公安局负责停车管理工作，市交通局、市城管局配合。
  a3 第三条　收费标准为每小时2元。
  a3-1 （一）公共停车场；
  a3-2 （二）专用停车场。
  a4 第四条　本办法自2016年1月1日起施行。`);

test("an article keeps its partner when the ones behind a new one are renumbered", () => {
  const added = blocks(`
    title 某某市停车场管理办法
    a1 第一条　为了加强停车管理，制定本办法。
    a2 第二条　停车场由市人民政府规划。规划应当公布。
    a3 第三条　市公安局负责停车管理工作，市交通局、市住建局、市城管局配合。
    a4 第四条　收费标准为每小时2元。
    a4-1 （一）公共停车场；
    a4-2 （二）道路停车位；
    a4-3 （三）专用停车场。
    a5 第五条　本办法自2026年1月1日起施行。`);
  assert.deepEqual(rows(OLD, added), [
    "title title: 某某市停车[+场]管理办法",
    "a1 a1: 第一条　为了加强停车管理，制定本办法。",
    "· a2: [+第二条　停车场由市人民政府规划。规划应当公布。]",
    "a2 a3: [-第二条][+第三条]　市公安局负责停车管理工作，市交通局、[+市住建局、]市城管局配合。",
    "a3 a4: [-第三条][+第四条]　收费标准为每小时2元。",
    "a3-1 a4-1: （一）公共停车场；",
    "· a4-2: [+（二）道路停车位；]",
    "a3-2 a4-3: [-（二）][+（三）]专用停车场。",
    "a4 a5: [-第四条][+第五条]　本办法自[-2016][+2026]年1月1日起施行。"
  ]);
});

test("a text is equal to itself, also below a notice that transmits it", () => {
  assert.ok(rows(OLD, OLD).every(row => !row.includes("[")));
  const transmitted = OLD.map(([anchor, ...rest]) => [`f1-${anchor}`, ...rest]);
  const found = rows(OLD, [["p1", "paragraph", "现将《办法》印发给你们，请认真贯彻执行。"], ...transmitted]);
  assert.equal(found[0], "· p1: [+现将《办法》印发给你们，请认真贯彻执行。]");
  assert.ok(found.slice(1).every(row => !row.includes("[")));
});

test("an article of the same number with nothing in common stands beside the old one", () => {
  const other = OLD.map(([anchor, kind, text]) => [anchor, kind, anchor === "a2" ? "第二条　县级以上地方各级财政予以保障。" : text]);
  assert.ok(rows(OLD, other).includes("a2 a2: [-第二条　市公安局负责停车管理工作，市交通局、市城管局配合。][+第二条　县级以上地方各级财政予以保障。]"));
});

test("paragraphs without numbers meet by what they say", () => {
  const one = blocks("p1 各地要加强领导，落实责任。\np2 要做好宣传工作，营造氛围。\np3 要加强督促检查。");
  const other = blocks("p1 各地要切实加强领导，落实责任。\np2 要加强督促检查。");
  assert.deepEqual(rows(one, other), [
    "p1 p1: 各地要[+切实]加强领导，落实责任。",
    "p2 ·: [-要做好宣传工作，营造氛围。]",
    "p3 p2: 要加强督促检查。"
  ]);
});

test("rows of tables are compared one by one, empty ones not at all", () => {
  const table = (...cells) => [["t1", "table", [["单位", "任务"], ...cells]]];
  const found = rows(table(["市教育局", "校园停车"], ["", ""]), table(["市教育局", "校园停车场"], ["市卫生局", "医院停车"]));
  assert.deepEqual(found, ["t1 t1: 单位｜任务", "t1 t1: 市教育局｜校园停车[+场]", "· t1: [+市卫生局｜医院停车]"]);
});

test("documents that are too long are not compared", () => {
  const long = Array.from({ length: 6001 }, (_, n) => [`p${n + 1}`, "paragraph", `第${n}段`]);
  assert.deepEqual(gazetteCompare(long, OLD, diffArrays), { tooLong: true });
  assert.deepEqual(gazetteCompare(OLD, [["p1", "paragraph", "长".repeat(500_001)]], diffArrays), { tooLong: true });
});

/* Sentences of made-up words, always the same ones. */
function makeWriter(seed) {
  const random = n => (seed = (seed * 48271) % 2147483647) % n;
  const words = "市人民政府应当加强对本行政区域内停车场规划建设和管理工作的领导组织协调解决有关重大问题";
  const write = length => Array.from({ length }, () => words[random(words.length)]).join("");
  const change = text => Array.from({ length: 6 }).reduce(now => {
    const at = random(now.length);
    return now.slice(0, at) + write(random(5)) + now.slice(at + random(4));
  }, text);
  return { write, change };
}

test("a law of 300 articles, each of them changed, takes less than a second of work", () => {
  const { write, change } = makeWriter(11);
  const law = texts => texts.map((text, n) => [`a${n + 1}`, "paragraph", `第${n + 1}条　${text}`]);
  const texts = Array.from({ length: 300 }, () => write(180));
  const [before, after] = [law(texts), law([write(90), ...texts.map(change)])];
  const begun = process.cpuUsage();
  const { rows: found, isRough } = gazetteCompare(before, after, diffArrays);
  const { user } = process.cpuUsage(begun);
  assert.equal(isRough, false);
  assert.deepEqual(found.map(({ left }) => left && left.anchor), [null, ...texts.map((_, n) => `a${n + 1}`)]);
  assert.ok(user < 3e6, `${user} µs`); // measured 0.4 s; tests share their processor
});

test("thousands of paragraphs without numbers are aligned by words that stand once", () => {
  const { write, change } = makeWriter(23);
  const texts = Array.from({ length: 1500 }, () => write(140)), flat = list => list.map((text, n) => [`p${n + 1}`, "paragraph", text]);
  const { rows: found, isRough } = gazetteCompare(flat(texts), flat(texts.map(change)), diffArrays);
  assert.equal(isRough, false);
  assert.equal(found.filter(({ left, right }) => left && right).length, 1500);
});
