import assert from "node:assert/strict";
import test from "node:test";

import { countFacets, makeFilter, makeStates, namesWith } from "../../../templates/search/filters.mjs";

const segment = {
  names: {
    gazettes: ["甲公报", "乙公报"], issues: ["a/2016-01", "b/2016-02"], issuers: ["", "省政府、财政厅", "省政府"], types: ["", "通知"]
  },
  facts: [{ issue: 0 }, { issue: 1 }, { issue: 1 }, { issue: 1 }, { issue: 1 }],
  entries: async table => (table === "a" ? [["某省财政厅", Uint8Array.of(1)], ["某市教育局", Uint8Array.of(0)]] : [])
};
const hits = [
  { segment, order: 0, document: 0, facts: { issue: 0, gazette: 0, year: 2016, issuer: 1, type: 1 } },
  { segment, order: 0, document: 1, facts: { issue: 1, gazette: 1, year: 0, issuer: 2, type: 0 } }
];

const stateOf = makeStates({ "b/2016-02": { 0: ["repealed", "2017-01-01"] } }, "2018-01-01");

for (const [filter, documents] of [
  [{}, [0, 1]],
  [{ gazette: "乙公报" }, [1]],
  [{ year: "2016" }, [0]],
  [{ year: 2016 }, [0]],
  [{ issuer: "省政府" }, [0, 1]],
  [{ issuer: "财政厅" }, [0]],
  [{ issuer: "省政府、财政厅" }, [0]],
  [{ issuer: "政府" }, []],
  [{ type: "通知" }, [0]],
  [{ agency: "财政厅" }, [1]],
  [{ agency: "财政" }, [1]],
  [{ agency: "某" }, [0, 1]],
  [{ agency: "财政局" }, []],
  [{ agency: "财政厅", type: "通知" }, []],
  [{ person: "无此人" }, []],
  [{ state: "repealed" }, [1]],
  [{ state: "none" }, [0]],
  [{ state: "amended" }, []]
]) {
  test("a filter keeps what it names: " + JSON.stringify(filter), async () => {
    const { passes } = await makeFilter([segment], filter, text => text, stateOf);
    assert.deepEqual(hits.filter(passes).map(({ document }) => document), documents);
  });
}

test("a part of a name stands for all names that contain it, those that begin with it first", async () => {
  assert.deepEqual((await makeFilter([segment], { agency: "财政" }, text => text)).names, ["某省财政厅"]);
  assert.deepEqual(await namesWith([segment], "agency", "某市"), ["某市教育局"]);
  assert.deepEqual(await namesWith([segment], "person", "某"), []);
});

test("facets count each issuer of a document, and nothing where a fact is not known", () => {
  assert.deepEqual(countFacets(hits, stateOf), {
    gazette: { 甲公报: 1, 乙公报: 1 }, year: { 2016: 1 }, issuer: { 省政府: 2, 财政厅: 1 }, type: { 通知: 1 },
    state: { none: 1, repealed: 1 }
  });
});

for (const [mark, today, kind] of [
  [["repealed", "2018-01-01"], "2017-12-31", ""],
  [["repealed", "2018-01-01"], "2018-01-01", "repealed"],
  [["amended"], "2018-01-01", "amended"],
  [["", "", "", "2018-01-01"], "2018-01-01", ""],
  [["", "", "", "2018-01-01"], "2018-01-02", "expired"],
  [["", "", "2018-01-02"], "2018-01-01", "pending"],
  [["", "", "2018-01-01"], "2018-01-01", ""],
  [["repealed", "2019-01-01", "", "2018-01-01"], "2018-06-01", "expired"],
  [undefined, "2018-01-01", ""]
]) {
  test("a state is that of the reader's day: " + JSON.stringify([mark, today]), () => {
    const told = makeStates({ "b/2016-02": { 3: mark } }, today);
    assert.equal(told({ segment, document: 4, facts: { issue: 1 } }).kind, kind);
  });
}
