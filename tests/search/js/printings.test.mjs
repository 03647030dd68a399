import assert from "node:assert/strict";
import { test } from "node:test";

import { countFacets, makeStates } from "../../../templates/search/filters.mjs";
import { makePrintings, onceEach } from "../../../templates/search/printings.mjs";

const segment = {
  names: { issues: ["a/2020-01", "b/2020-05"], gazettes: ["甲公报", "乙公报"], issuers: ["某府"], types: ["通知"] },
  facts: [0, 0, 1].map(issue => ({ issue, gazette: issue, year: 2020, issuer: 0, type: 0 }))
};
const [first, alone, reprint] = segment.facts.map((facts, document) => ({ segment, document, facts }));
const { workOf, others } = makePrintings([
  [["a/2020-01", 0, "《甲公报》2020年第1期", "a/2020-01/x.html"], ["b/2020-05", 0, "《乙公报》2020年第5期", "b/2020-05/x.html"]]
]);

test("the printings of a work are one hit, the first in the order of the hits", () => {
  assert.deepEqual(onceEach([reprint, alone, first], workOf), [reprint, alone]);
  assert.deepEqual(onceEach([first, alone, reprint], workOf), [first, alone]);
});

test("a hit names the other printings of its work", () => {
  assert.deepEqual(others(first), [{ name: "《乙公报》2020年第5期", url: "b/2020-05/x.html" }]);
  assert.deepEqual(others(alone), []);
});

test("without printings all hits stay", () => {
  const none = makePrintings([]);
  assert.equal(onceEach([first, alone, reprint], none.workOf).length, 3);
});

test("a work counts once for a choice of the filters, and in each gazette that prints it", () => {
  const counts = countFacets([first, alone, reprint], makeStates({}, ""), workOf);
  assert.deepEqual(counts.type, { 通知: 2 });
  assert.deepEqual(counts.gazette, { 甲公报: 2, 乙公报: 1 });
});
