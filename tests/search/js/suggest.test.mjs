import assert from "node:assert/strict";
import test from "node:test";

import { likeness, nearestNames } from "../../../templates/search/suggest.mjs";

const segment = {
  names: { issuers: ["", "某市人民政府"], gazettes: ["某市人民政府公报"] },
  entries: async table => (table === "a" ? [["市财政局"], ["市教育局"]] : [["张某某"]])
};

test("names that share characters are alike, and others are not", () => {
  assert.equal(likeness("市财政局", "市财政局"), 1);
  assert.equal(likeness("市财政局", "林业厅"), 0);
  assert.equal(likeness("", "某"), 0);
});

test("the nearest names come first, and none that is far", async () => {
  assert.deepEqual(await nearestNames([segment], "市财正局"), ["市财政局"]);
  assert.deepEqual(await nearestNames([segment], "财政局长"), ["市财政局"]);
  assert.deepEqual(await nearestNames([segment], "张大某"), ["张某某"]);
  assert.deepEqual((await nearestNames([segment], "某市人民政付"))[0], "某市人民政府");
});
