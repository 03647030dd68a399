/* Decides which documents answer a query.

   In: an index {segments, fold, foldText, readNumber, readings, names}, a query. Out: {phrases, groups,
   tried, hits, note}: the phrases to mark, those of each word that was typed, the other forms that
   were looked for, the documents as rank.mjs gives them, and, if some do not contain the query
   itself, a note on how they were found: {kind: "forms" | "issue" | "number" | "pinyin" | "pieces",
   phrases, literal}; literal counts the documents that contain the query itself. */

import { formsOf, markedForms } from "./forms.mjs";
import { numerically } from "./lists.mjs";
import { readIssue } from "./numbers.mjs";
import { findByReading } from "./pinyin.mjs";
import { phrasesOf } from "./query.mjs";
import { piecesOfAll } from "./pieces.mjs";
import { addBearers, addIssue, listAll, rank } from "./rank.mjs";

/* isThorough looks for more forms, for the search page; isLiteral looks for what was typed alone. */
export async function match(index, query, { isThorough = true, isLiteral = false } = {}) {
  const phrases = phrasesOf(query, index.foldText);
  const found = { phrases, groups: phrases.map(phrase => [phrase]), tried: [], hits: [], note: null };
  if (!found.phrases.length) return found;
  const hits = await findAllHits(index, found.phrases);
  found.hits = rank(index.segments, found.phrases, hits, false);
  if (isLiteral) return found;
  await matchForms(index, hits, isThorough, found);
  await matchIssue(index, query, found);
  await matchNumber(index, query, found);
  if (!found.hits.length) await matchReading(index, query, isThorough, found);
  if (!found.hits.length) await matchPieces(index, hits, found);
  return found;
}

/* Lists all documents, for a reader who only chose filters; names, if any, are what is marked. */
export async function matchAll(index, names) {
  const named = mergeHits([index.segments.map(() => new Map()), ...await findAllHits(index, names)]);
  const places = named.map(maps => new Map(Array.from(maps, ([document, hit]) => [document, hit.places])));
  return { phrases: names, groups: [names], tried: [], hits: listAll(index.segments, places), note: null };
}

/* Finds the documents that contain a phrase, in each segment. */
function findHits(index, phrase) {
  return Promise.all(index.segments.map(segment => segment.hits(phrase, index.fold)));
}

function findAllHits(index, phrases) {
  return Promise.all(phrases.map(phrase => findHits(index, phrase)));
}

/* Adds the documents that print the phrases in another form: 2003年 for 二〇〇三年. */
async function matchForms(index, hits, isThorough, found) {
  const used = found.phrases.map(() => []);
  const merged = await Promise.all(found.phrases.map(async (phrase, n) => {
    // a small query must not need a file for each of its characters, unless nothing else is found
    const marked = isThorough || !found.hits.length
      ? bare => markedForms(index.segments, bare) : async () => [];
    const forms = await formsOf(phrase, index.names, marked);
    const others = await findAllHits(index, forms);
    found.tried.push(...forms);
    const printed = others.filter(maps => maps.some(map => map.size));
    used[n].push(...forms.filter((_, m) => printed.includes(others[m])));
    return printed.length ? mergeHits([hits[n], ...printed]) : hits[n];
  }));
  const all = used.flat();
  if (!all.length) return;
  const literal = found.hits.length;
  const hitsOfAll = rank(index.segments, found.phrases, merged, false);
  if (hitsOfAll.length === literal) return; // no document was found by another form alone
  found.hits = hitsOfAll;
  found.groups = found.phrases.map((phrase, n) => [phrase, ...used[n]]);
  found.phrases = found.phrases.concat(all);
  found.note = { kind: "forms", phrases: all, literal };
}

/* Joins the documents of several phrases, in each segment, as if they were one phrase. */
function mergeHits(listed) {
  return listed[0].map((_, s) => {
    const merged = new Map();
    for (const maps of listed) {
      for (const [document, { count, places }] of maps[s]) {
        const known = merged.get(document);
        merged.set(document, known
          ? { count: known.count + count, places: known.places.concat(places).sort(numerically) }
          : { count, places });
      }
    }
    return merged;
  });
}

/* If an issue was typed (总第227期, 2017年第1期): its documents come first. */
async function matchIssue(index, query, found) {
  const issue = readIssue(index.foldText(query));
  if (!issue) return;
  const literal = found.hits.length;
  const count = await addIssue(found.hits, index.segments, issue);
  if (count) found.note = { kind: "issue", phrases: [issue.printed], literal };
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
      found.groups = [[printed]];
    }
  }
  const literal = found.hits.length;
  await addBearers(found.hits, index.segments, number, isAdding);
  if (number.hasAnyYear && found.hits.length > literal) {
    found.note = { kind: "number", phrases: [number.code + "…" + number.serial + "号"], literal };
  }
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
  found.groups = [found.phrases];
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
  found.groups = found.phrases.map(phrase => [phrase]);
  found.note = { kind: "pieces", phrases: found.phrases };
}
