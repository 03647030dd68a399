/* Scores and orders the documents that were found.

   In: segments, and for each phrase and segment the documents that contain it. Out: a list of
   {segment, order, document, facts, score, places, byPhrase}: order is the segment's place in the
   list, byPhrase the places of each phrase. */

import { sameCode } from "./numbers.mjs";

const IN_TITLE = 8;
const WHOLE_TITLE = 4; // for a phrase that fills the title, less for a part of it
const OWN_NUMBER = 40;
const OF_ISSUE = 60; // for the issue that was typed
const NEARBY = 1000; // for the issue that is open, and once more for the document

/* Adds a little for newness: of two otherwise equal documents, the newer comes first. */
function newness(facts) { return facts.day / 1e6; }

/* Scores the documents that contain every phrase; with isOptional, those that contain any, and
   longer phrases count more. hits[n][s]: the documents of segment s that contain phrase n. */
export function rank(segments, phrases, hits, isOptional) {
  const found = [];
  segments.forEach((segment, s) => {
    const average = segment.length / Math.max(segment.starts.length, 1), documents = new Set();
    for (const maps of hits) for (const document of maps[s].keys()) documents.add(document);
    for (const document of documents) {
      const facts = segment.facts[document], titleEnd = segment.starts[document] + facts.title;
      // a long document contains a phrase more often than a short one of the same relevance
      const dampening = 1.2 * (0.25 + 0.75 * segment.lengthOf(document) / average);
      let score = 0, matched = 0;
      const byPhrase = hits.map(maps => (maps[s].get(document) || { places: [] }).places);
      hits.forEach((maps, n) => {
        const here = maps[s].get(document), length = Array.from(phrases[n]).length;
        if (!here) return;
        matched++;
        score += here.count / (here.count + dampening);
        if (here.places[0] < titleEnd) {
          score += IN_TITLE + WHOLE_TITLE * Math.min(1, length / facts.title);
        }
        if (isOptional) score += 3 * length;
      });
      if (!isOptional && matched < hits.length) continue;
      found.push({ segment, order: s, document, facts, score: score + newness(facts), places: byPhrase.flat(), byPhrase });
    }
  });
  return found;
}

/* Lists all documents; places: for each segment, the documents that print a wanted name. */
export function listAll(segments, places) {
  return segments.flatMap((segment, s) => segment.facts.map((facts, document) => {
    const here = places[s].get(document) || [];
    return { segment, order: s, document, facts, score: newness(facts), places: here, byPhrase: [here] };
  }));
}

/* Raises the documents that have a number; with isAdding, adds those that are not in hits yet. */
export async function addBearers(hits, segments, number, isAdding) {
  await Promise.all(segments.map(async (segment, s) => {
    const reader = await segment.reader("n", number.key);
    while (!reader.done()) {
      const document = reader.number(), worth = sameCode(number.code, reader.text());
      if (!worth) continue;
      let hit = hits.find(h => h.segment === segment && h.document === document);
      if (!hit && isAdding) {
        const facts = segment.facts[document];
        hits.push(hit = { segment, order: s, document, facts, score: newness(facts), places: [] });
      }
      if (hit) hit.score += OWN_NUMBER * worth;
    }
  }));
}

/* Adds or raises the documents of the issue that was typed, in the order of its pages; gives their
   number. The title of its gazette may be typed before it, whole or its end. */
export async function addIssue(hits, segments, { key, title }) {
  let count = 0;
  await Promise.all(segments.map(async (segment, s) => {
    const reader = await segment.reader("n", key);
    while (!reader.done()) {
      const document = reader.number(), facts = segment.facts[document];
      reader.text();
      if (!segment.names.gazettes[facts.gazette].includes(title)) continue;
      let hit = hits.find(h => h.segment === segment && h.document === document);
      if (!hit) hits.push(hit = { segment, order: s, document, facts, score: 0, places: [] });
      hit.score = OF_ISSUE - ++count / 1000;
    }
  }));
  return count;
}

/* Puts the open issue before the rest of the archive, and the open document before its issue. */
export function preferNearby(hits, issue, place) {
  for (const hit of hits) {
    const { segment, facts, document } = hit;
    if (segment.names.issues[facts.issue] !== issue) continue;
    hit.score += NEARBY;
    hit.here = document - segment.facts.findIndex(f => f.issue === facts.issue) === place;
    if (hit.here) hit.score += NEARBY;
  }
}

export function bestFirst(a, b) {
  return b.score - a.score || b.facts.day - a.facts.day ||
    a.order - b.order || a.document - b.document;
}
