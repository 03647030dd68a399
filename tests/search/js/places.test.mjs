import assert from "node:assert/strict";
import test from "node:test";

import { choosePlaces, narrowest } from "../../../templates/search/places.mjs";

/* A document of passages of ten characters each, from offset 0; its title is the first. */
function passagesOf(texts) {
  return async place => ({ offset: 10 * Math.floor(place / 10), folded: { chars: Array.from(texts[Math.floor(place / 10)]) } });
}

const isBelow = place => place >= 10;
const choose = (texts, byPhrase, groups, sections = 2) =>
  choosePlaces({ places: byPhrase.flat(), byPhrase }, groups, isBelow, passagesOf(texts), sections);

test("the narrowest stretch that has a place of each list comes first", () => {
  assert.deepEqual(narrowest([[10, 50], [20, 52]]), [50, 10, 20]);
  assert.deepEqual(narrowest([[10], []]), []);
});

test("a paragraph with all words comes before earlier ones with one", async () => {
  const texts = ["题", "医养", "卫生", "医养卫生"];
  const { places, count } = await choose(texts, [[10, 30], [20, 32]], [["医养"], ["卫生"]]);
  assert.equal(places[0], 30);
  assert.equal(count, 2);
});

test("if no paragraph has all words, each word is shown", async () => {
  const texts = ["题", "医养", "医养", "医养", "卫生", "金融"];
  const { places, count } = await choose(texts, [[10, 20, 30], [40], [50]], [["医养"], ["卫生"], ["金融"]]);
  assert.deepEqual(places.slice(0, 3), [10, 40, 50]);
  assert.equal(count, 3);
});

test("places near one another in two paragraphs are not taken for one paragraph", async () => {
  const { places } = await choose(["题", "甲乙医养", "卫生", "医养卫生"], [[18, 30], [20, 32]], [["医养"], ["卫生"]]);
  assert.equal(places[0], 30);
});

test("a word that only the title has does not keep the others from being shown", async () => {
  const { places } = await choose(["医养", "甲", "卫生"], [[0], [20]], [["医养"], ["卫生"]]);
  assert.deepEqual(places, [20]);
});

test("a hit without places, found by its number alone, has none", async () => {
  assert.deepEqual(await choosePlaces({ places: [] }, [], isBelow, passagesOf([]), 1), { places: [], count: 1 });
});
