/* Which unit of one text stands in the other one: by equal texts that occur once, and between these
   by likeness and printed number, so that the sum of all is greatest. Units stay in their order. */

import { likeness, pairsOf } from "./likeness.mjs";

const LEAST = 0.4; // likeness of two units that are taken for one
const SAME_NUMBER = 0.1; // what an equal number adds to likeness
const ONLY_NUMBER = 0.05; // the weight of an equal number alone
const SHORTEST = 8; // characters of a text that occurs once in both and is taken for the same

/* Gives pairs [unit, unit], either of which may be null, in the order of both texts; `budget.work`
   says how much work is left, `budget.isRough` becomes true where that was not enough. */
export function align(one, other, budget) {
  return split(one, other, longestRise(equalPairs(one, other)), budget, true);
}

/* Puts what is between given pairs [i, j] in order: by likeness, or as deleted and added. */
function split(one, other, pairs, budget, isWeighed) {
  const found = [];
  let a = 0, b = 0;
  for (const [i, j] of [...pairs, [one.length, other.length]]) {
    const gap = [one.slice(a, i), other.slice(b, j)];
    found.push(...(isWeighed ? between(...gap, budget) : apart(...gap)));
    if (i < one.length) found.push([one[i], other[j]]);
    [a, b] = [i + 1, j + 1];
  }
  return found;
}

function apart(one, other) {
  return [...one.map(unit => [unit, null]), ...other.map(unit => [null, unit])];
}

/* Finds the units whose text occurs once in each list, and is the same. */
function equalPairs(one, other) {
  const places = placesOf(other, unit => unit.bare), own = placesOf(one, unit => unit.bare);
  const pairs = [];
  one.forEach(({ bare }, i) => {
    if (bare.length >= SHORTEST && own.get(bare).length === 1 && places.get(bare)?.length === 1) pairs.push([i, places.get(bare)[0]]);
  });
  return pairs;
}

function placesOf(units, nameOf) {
  const places = new Map();
  units.forEach((unit, n) => {
    const name = nameOf(unit);
    if (!places.has(name)) places.set(name, []);
    places.get(name).push(n);
  });
  return places;
}

/* Keeps the most pairs [i, j] whose j rise with their i. */
function longestRise(pairs) {
  const ends = [], before = []; // ends[n]: the pair with the least j that ends a rise of n + 1 pairs
  pairs.forEach(([, j], n) => {
    let low = 0, high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]][1] < j) low = middle + 1;
      else high = middle;
    }
    before[n] = low ? ends[low - 1] : -1;
    ends[low] = n;
  });
  const rise = [];
  for (let n = ends.length ? ends[ends.length - 1] : -1; n >= 0; n = before[n]) rise.push(pairs[n]);
  return rise.reverse();
}

function between(one, other, budget) {
  if (!one.length || !other.length) return apart(one, other);
  const work = lengthOf(one) * other.length + lengthOf(other) * one.length;
  if (work <= budget.work) {
    budget.work -= work;
    return byLikeness(one, other);
  }
  // too many to weigh each against each: words that stand in one unit of each list, or else numbers
  const shared = longestRise(sharedPairs(one, other));
  if (!shared.length) budget.isRough = true;
  return split(one, other, shared.length ? shared : longestRise(numberPairs(one, other)), budget, shared.length > 0);
}

/* Pairs units that have a stretch of words which stands nowhere else in either list. */
function sharedPairs(one, other) {
  const own = stretchesOf(one), others = stretchesOf(other), votes = new Map();
  for (const [stretch, i] of own) {
    const j = others.get(stretch);
    if (i < 0 || j === undefined || j < 0) continue;
    const pair = i * other.length + j;
    votes.set(pair, (votes.get(pair) || 0) + 1);
  }
  const best = new Map(); // of each unit, the other one with the most votes
  for (const [pair, count] of votes) {
    const i = Math.floor(pair / other.length);
    if (count > (best.get(i)?.count || 0)) best.set(i, { j: pair % other.length, count });
  }
  return [...best].sort(([a], [b]) => a - b).map(([i, { j }]) => [i, j]);
}

/* Gives the unit of each stretch; -1 if there are several. */
function stretchesOf(units) {
  const places = new Map();
  units.forEach(({ bare }, n) => {
    for (let at = 0; at + SHORTEST <= bare.length; at++) {
      const stretch = bare.slice(at, at + SHORTEST), known = places.get(stretch);
      places.set(stretch, known === undefined || known === n ? n : -1);
    }
  });
  return places;
}

function numberPairs(one, other) {
  const numbers = placesOf(other, unit => unit.key);
  return one.flatMap(({ key }, i) => (key && numbers.has(key) ? [[i, numbers.get(key)[0]]] : []));
}

function lengthOf(units) {
  return units.reduce((sum, { text }) => sum + text.length, 0);
}

/* Finds the pairs with the greatest weight in all (Needleman and Wunsch, without a price for gaps). */
function byLikeness(one, other) {
  const width = other.length + 1;
  const best = new Float64Array((one.length + 1) * width), steps = new Uint8Array(best.length);
  const pairs = other.map(({ bare }) => pairsOf(bare));
  for (let i = one.length - 1; i >= 0; i--) {
    const own = pairsOf(one[i].bare);
    for (let j = other.length - 1; j >= 0; j--) {
      const at = i * width + j, below = best[at + width], beside = best[at + 1];
      const weight = weightOf(one[i], other[j], likeness(own, pairs[j], LEAST));
      const together = weight ? weight + best[at + width + 1] : 0;
      best[at] = Math.max(together, below, beside);
      steps[at] = together && together >= below && together >= beside ? 0 : below >= beside ? 1 : 2;
    }
  }
  const found = [];
  let i = 0, j = 0;
  while (i < one.length || j < other.length) {
    const step = i === one.length ? 2 : j === other.length ? 1 : steps[i * width + j];
    found.push([step < 2 ? one[i] : null, step === 1 ? null : other[j]]);
    if (step < 2) i++;
    if (step !== 1) j++;
  }
  return found;
}

function weightOf(one, other, alike) {
  if (one.bare === other.bare && one.bare) return 1 + (one.key === other.key ? SAME_NUMBER : 0);
  const isSame = one.key !== "" && one.key === other.key;
  if (alike >= LEAST) return alike + (isSame ? SAME_NUMBER : 0);
  return isSame ? ONLY_NUMBER : 0;
}
