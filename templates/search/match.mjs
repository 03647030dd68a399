/* Decides which documents answer a query.

   In: an index {segments, fold, foldText, readNumber, readings}, a query. Out: {phrases, hits, note}: the
   phrases to mark, the documents as rank.mjs gives them, and, if they do not contain the query
   itself, a note on how they were found: {kind: "pinyin" | "pieces", phrases}. */

import { findByReading } from "./pinyin.mjs";
import { phrasesOf } from "./query.mjs";
import { piecesOfAll } from "./pieces.mjs";
import { addBearers, rank } from "./rank.mjs";

export async function match(index, query, isThorough) {
  const found = { phrases: phrasesOf(query, index.foldText), hits: [], note: null };
  if (!found.phrases.length) return found;
  const hits = await findAllHits(index, found.phrases);
  found.hits = rank(index.segments, found.phrases, hits, false);
  await matchNumber(index, query, found);
  if (!found.hits.length) await matchReading(index, query, isThorough, found);
  if (!found.hits.length) await matchPieces(index, hits, found);
  return found;
}

/* Finds the documents that contain a phrase, in each segment. */
function findHits(index, phrase) {
  return Promise.all(index.segments.map(segment => segment.hits(phrase, index.fold)));
}

function findAllHits(index, phrases) {
  return Promise.all(phrases.map(phrase => findHits(index, phrase)));
}

/* If a number was typed: adds the document that has it, and those that cite it as printed. */
async function matchNumber(index, query, found) {
  const number = index.readNumber(index.foldText(query));
  if (!number) return;
  const isAdding = found.phrases.length > 1 || !found.hits.length;
  const printed = index.foldText(number.printed);
  if (isAdding && printed) {
    const citing = rank(index.segments, [printed], await findAllHits(index, [printed]), false);
    if (citing.length) {
      found.hits = citing;
      found.phrases = [printed];
    }
  }
  await addBearers(found.hits, index.segments, number, isAdding);
}

/* If letters were typed: finds phrases with this pinyin; documents of the likeliest come first. */
async function matchReading(index, query, isThorough, found) {
  const letters = query.toLowerCase();
  if (!/^[a-zü'\s]+$/.test(letters) || !/[a-z]{2}/i.test(query)) return;
  const apart = letters.replace(/\s+/g, "'").replace(/^'+|'+$/g, "");
  const phrases = await findByReading(
    index.segments, await index.readings(), apart, isThorough, phrase => findHits(index, phrase)
  );
  if (!phrases.length) return;
  found.phrases = Array.from(new Set(phrases.map(phrase => phrase.text)));
  found.note = { kind: "pinyin", phrases: found.phrases };
  const seen = new Set();
  phrases.forEach(({ text, hits }, n) => {
    for (const hit of rank(index.segments, [text], [hits], false)) {
      const key = hit.order + "." + hit.document;
      if (seen.has(key)) continue;
      seen.add(key);
      hit.score += 100 * (phrases.length - n);
      found.hits.push(hit);
    }
  });
}

/* If nothing was found: finds documents with all pieces of the query, else with some. */
async function matchPieces(index, hits, found) {
  const pieces = await piecesOfAll(index.segments, found.phrases);
  if (!pieces.length) return;
  // if the pieces together are the whole phrase, they still count as pieces
  if (pieces.join(" ") !== found.phrases.join(" ")) {
    const pieceHits = await findAllHits(index, pieces);
    found.hits = rank(index.segments, pieces, pieceHits, false);
    if (!found.hits.length) found.hits = rank(index.segments, pieces, pieceHits, true);
    found.phrases = pieces;
  } else if (found.phrases.length > 1) {
    found.hits = rank(index.segments, found.phrases, hits, true);
  } else return;
  found.note = { kind: "pieces", phrases: found.phrases };
}
