/* Chooses which places of a document a hit shows, so that each word of the query is seen.

   In: a hit with the places of each phrase, ascending. Out: places, the best first: one in a passage
   that has all words, if there is one; else one of each word. */

import { numerically } from "./lists.mjs";
import { holdsAll } from "./snippets.mjs";

const STRETCHES_TRIED = 8; // narrow stretches whose passages are looked at
const MOST_PASSAGES = 4; // passages, if no passage has all words

/* Lists the stretches of text that have a place of each list, the narrowest first: [from, …]. */
export function narrowest(lists) {
  const all = lists.flatMap((places, n) => places.map(place => [place, n]));
  const last = [], found = [];
  for (const [place, n] of all.sort((a, b) => a[0] - b[0])) {
    last[n] = place;
    const from = Math.min(...lists.map((_, m) => (last[m] === undefined ? -1 : last[m])));
    if (from >= 0) found.push([place - from, from]);
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, from]) => from);
}

/* Gives {places, count}: the places in the order of their use, and how many passages to show. */
export async function choosePlaces(hit, groups, isBelow, passageAt, sections) {
  const all = hit.places.slice().sort(numerically), below = all.filter(isBelow);
  const rest = below.length ? below : all;
  // a word that only the title has is marked there
  const lists = (hit.byPhrase || []).map(places => places.filter(isBelow)).filter(places => places.length);
  if (lists.length < 2) return { places: rest, count: sections };
  const wanted = hit.byPhrase.length === groups.length
    ? groups.filter((_, n) => hit.byPhrase[n].some(isBelow)) : groups;
  for (const place of narrowest(lists).slice(0, STRETCHES_TRIED)) {
    if (holdsAll(await passageAt(place), wanted)) return { places: [place, ...rest], count: sections };
  }
  const firsts = lists.map(([place]) => place).sort(numerically);
  return { places: [...firsts, ...rest], count: Math.max(sections, Math.min(firsts.length, MOST_PASSAGES)) };
}
