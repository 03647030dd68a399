import assert from "node:assert/strict";
import test from "node:test";

import { countFacets, makeFilter } from "../../../templates/search/filters.mjs";

const segment = {
  names: {
    gazettes: ["甲公报", "乙公报"], issuers: ["", "省政府、财政厅", "省政府"], types: ["", "通知"]
  },
  value: async (table, name) => (table + name === "a财政厅" ? Uint8Array.of(1) : null)
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
  [{ agency: "财政厅", type: "通知" }, []],
  [{ person: "无此人" }, []]
]) {
  test("a filter keeps what it names: " + JSON.stringify(filter), async () => {
    const passes = await makeFilter([segment], filter, text => text);
    assert.deepEqual(hits.filter(passes).map(({ document }) => document), documents);
  });
}

test("facets count each issuer of a document, and nothing where a fact is not known", () => {
  assert.deepEqual(countFacets(hits), {
    gazette: { 甲公报: 1, 乙公报: 1 }, year: { 2016: 1 }, issuer: { 省政府: 2, 财政厅: 1 }, type: { 通知: 1 }
  });
});
