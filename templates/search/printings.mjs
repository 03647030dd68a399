/* Makes one hit of the printings of a work: of a document that several issues print.

   In: the payload of search/printings.js, a list of works; each is a list of printings [issue, place
   in the issue from 0, name of the issue, address]. Out: functions that name the work of a hit. */

import { placeOf } from "./filters.mjs";

/* Gives {workOf, others}: the work of a hit (its place in the list, or -1), and its other printings. */
export function makePrintings(works) {
  const known = new Map();
  works.forEach((printings, work) => {
    for (const [issue, place] of printings) known.set(issue + " " + place, work);
  });
  function keyOf(hit) { return hit.segment.names.issues[hit.facts.issue] + " " + placeOf(hit); }
  function workOf(hit) {
    const work = known.size ? known.get(keyOf(hit)) : undefined;
    return work === undefined ? -1 : work;
  }
  return {
    workOf,
    others: hit => {
      const work = workOf(hit);
      if (work < 0) return [];
      const own = keyOf(hit);
      return works[work].filter(([issue, place]) => issue + " " + place !== own)
        .map(([, , name, url]) => ({ name, url }));
    }
  };
}

/* Keeps the first hit of each work, in the order of the hits. */
export function onceEach(hits, workOf) {
  const seen = new Set();
  return hits.filter(hit => {
    const work = workOf(hit);
    if (work < 0) return true;
    if (seen.has(work)) return false;
    seen.add(work);
    return true;
  });
}
