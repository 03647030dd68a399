/* Finds the names of agencies, people, issuers and gazettes that are most like a query.

   In: segments and a folded query. Out: names, the most alike first. */

import { NAMES } from "./filters.mjs";

const NAMES_SHOWN = 6;
const LEAST_ALIKE = 0.33; // one wrong character of three

function pairsOf(text) {
  const chars = Array.from(text);
  return new Set(chars.slice(1).map((char, n) => chars[n] + char));
}

function inCommon(one, other) {
  let common = 0;
  for (const part of one) if (other.has(part)) common++;
  return one.size && other.size ? 2 * common / (one.size + other.size) : 0;
}

/* Says how many characters and pairs of characters two texts have in common: 0 none, 1 all. */
export function likeness(one, other) {
  return (inCommon(new Set(one), new Set(other)) + inCommon(pairsOf(one), pairsOf(other))) / 2;
}

export async function nearestNames(segments, query) {
  const names = new Set();
  await Promise.all(segments.map(async segment => {
    for (const name of segment.names.issuers.concat(segment.names.gazettes)) if (name) names.add(name);
    for (const table of Object.values(NAMES)) {
      for (const [name] of await segment.entries(table)) names.add(name);
    }
  }));
  return Array.from(names, name => [likeness(query, name), name])
    .filter(([alike]) => alike >= LEAST_ALIKE)
    .sort((a, b) => b[0] - a[0] || a[1].length - b[1].length || (a[1] < b[1] ? -1 : 1))
    .slice(0, NAMES_SHOWN).map(([, name]) => name);
}
