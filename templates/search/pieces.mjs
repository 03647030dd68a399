/* Splits a phrase that no document contains into pieces that occur.

   In: segments and the phrase. Out: the longest pieces that occur, from the beginning on. */

import { intersect } from "./lists.mjs";

const LONGEST = 40; // characters of a phrase that are looked at
const TOO_SHORT = /^(?:.|[a-z]{2})$/su; // one character, two letters of a longer word

export async function piecesOf(segments, phrase) {
  const chars = Array.from(phrase).slice(0, LONGEST), found = new Set();
  const offsetsAt = place =>
    Promise.all(segments.map(segment => segment.offsets(chars[place] + chars[place + 1])));
  let at = 0;
  while (at < chars.length - 1) {
    let lists = await offsetsAt(at), end = at + 1, reached = 0;
    while (lists.some(list => list.length)) {
      reached = ++end;
      if (end >= chars.length) break;
      const following = await offsetsAt(end - 1), place = end - 1 - at;
      lists = lists.map((list, n) => intersect(list, 0, following[n], place));
    }
    if (reached) found.add(chars.slice(at, reached).join(""));
    at = reached || at + 1;
  }
  return Array.from(found);
}

/* Splits several phrases into pieces, each listed once, without those that are too short. */
export async function piecesOfAll(segments, phrases) {
  const found = new Set();
  for (const phrase of phrases) {
    for (const piece of await piecesOf(segments, phrase)) found.add(piece);
  }
  return Array.from(found).filter(piece => !TOO_SHORT.test(piece));
}
