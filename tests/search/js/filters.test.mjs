import assert from "node:assert/strict";
import test from "node:test";

import { countFacets, makeFilter, namesWith } from "../../../templates/search/filters.mjs";

const segment = {
  names: {
    gazettes: ["甲公报", "乙公报"], issuers: ["", "省政府、财政厅", "省政府"], types: ["", "通知"]
  },
  entries: async table => (table === "a" ? [["某省财政厅", Uint8Array.of(1)], ["某市教育局", Uint8Array.of(0)]] : [])
};
const hits = [
  { segment, order: 0, document: 0, facts: { gazette: 0, year: 2016, issuer: 1, type: 1 } },
  { segment, order: 0, document: 1, facts: { gazette: 1, year: 0, issuer: 2, type: 0 } }
];

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
  [{ person: "无此人" }, []]
]) {
  test("a filter keeps what it names: " + JSON.stringify(filter), async () => {
    const { passes } = await makeFilter([segment], filter, text => text);
    assert.deepEqual(hits.filter(passes).map(({ document }) => document), documents);
  });
}

test("a part of a name stands for all names that contain it, those that begin with it first", async () => {
  assert.deepEqual((await makeFilter([segment], { agency: "财政" }, text => text)).names, ["某省财政厅"]);
  assert.deepEqual(await namesWith([segment], "agency", "某市"), ["某市教育局"]);
  assert.deepEqual(await namesWith([segment], "person", "某"), []);
});

test("facets count each issuer of a document, and nothing where a fact is not known", () => {
  assert.deepEqual(countFacets(hits), {
    gazette: { 甲公报: 1, 乙公报: 1 }, year: { 2016: 1 }, issuer: { 省政府: 2, 财政厅: 1 }, type: { 通知: 1 }
  });
});
