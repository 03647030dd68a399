/* One segment of the index: its tables, the offsets of its bigrams, its texts (docs/search.md).

   In: the folder and the head of a segment, and a function that loads its files. Out: the documents
   that contain a phrase, the values of its tables, its passages. Files are loaded when needed. */

import { Reader, bytesOf, inflate, readAscending } from "./bytes.mjs";
import { byCodePoints, intersect, lastAtMost, numerically } from "./lists.mjs";

const FACTOR = 257, SUMS = 65536; // generator/search/marked_words.py sums up pairs of characters
const SMALL = 600; // documents; a small segment is likely to lack a phrase
const FEW = 4; // so few candidates are looked at in the text itself, which is shown anyway
const CACHED_OFFSETS = 3000000;
const CACHED_PIECES = 60;
const PLACES_KNOWN = 64; // of a document's hits: enough to find those that stand together

export class Segment {
  constructor(dir, head, load) {
    this.load = name => load(dir + "/" + name);
    this.starts = readAscending(bytesOf(head.starts)); // where each document begins
    this.length = head.length;
    this.isSmall = head.documents < SMALL;
    this.names = head.names;
    this.pieces = readAscending(bytesOf(head.pieces)); // where each piece of text begins
    this.marked = new Set(readAscending(bytesOf(head.marked))); // sums of pairs of characters
    this.firstKeys = {}; // of each shard, by table
    for (const [table, keys] of Object.entries(head.tables)) {
      this.firstKeys[table] = keys ? keys.split("\n") : [];
    }
    this.facts = [];
    const reader = new Reader(bytesOf(head.facts));
    for (let n = 0; n < head.documents; n++) {
      this.facts.push({ // title: its length; gazette and what follows: places in names
        title: reader.number(), day: reader.number(), year: reader.number(),
        gazette: reader.number(), issue: reader.number(), issuer: reader.number(),
        type: reader.number()
      });
    }
    this.shards = new Map();
    this.lists = new Map();
    this.cachedOffsets = 0;
    this.texts = new Map();
  }

  /* Whether words that a text prints with marks may begin with two characters. */
  mayMark(one, other) {
    return this.marked.has((FACTOR * one.codePointAt(0) + other.codePointAt(0)) % SUMS);
  }

  documentAt(offset) { return lastAtMost(this.starts, offset, numerically); }

  endOf(document) {
    return document + 1 < this.starts.length ? this.starts[document + 1] : this.length;
  }

  lengthOf(document) { return this.endOf(document) - this.starts[document]; }

  /* Gives the value of a key in a table; null if the table has no such key. */
  async value(table, key) {
    const place = lastAtMost(this.firstKeys[table], key, byCodePoints);
    if (place < 0) return null;
    return (await this.shard(table + place)).get(key) || null;
  }

  async shard(name) {
    if (!this.shards.has(name)) this.shards.set(name, this.load(name).then(readShard));
    try {
      return await this.shards.get(name);
    } catch (error) {
      this.shards.delete(name);
      throw error;
    }
  }

  /* Gives all entries of a table, [key, value]: for the tables of names, which have few shards. */
  async entries(table) {
    const shards = await Promise.all(this.firstKeys[table].map((_, n) => this.shard(table + n)));
    return shards.flatMap(shard => Array.from(shard));
  }

  /* Gives a reader of the value of a key; it is empty if the table has no such key. */
  async reader(table, key) { return new Reader(await this.value(table, key) || new Uint8Array(0)); }

  /* Gives the ascending offsets of a bigram. */
  async offsets(bigram) {
    let list = this.lists.get(bigram);
    if (!list) {
      const bytes = await this.value("g", bigram);
      list = bytes ? readAscending(bytes) : new Uint32Array(0);
      this.cachedOffsets += list.length;
      if (this.cachedOffsets > CACHED_OFFSETS) {
        this.lists.clear();
        this.cachedOffsets = list.length;
      }
      this.lists.set(bigram, list);
    }
    return list;
  }

  /* Finds the offsets of a phrase of two or more characters. */
  async find(phrase, fold) {
    const chars = Array.from(phrase), wanted = [];
    for (let n = 0; n < chars.length - 1; n += 2) wanted.push(n);
    if (chars.length % 2) wanted.push(chars.length - 2);
    // the first bigram, the last, then those between
    const order = [wanted[0], ...wanted.slice(1).slice(-1), ...wanted.slice(1, -1)];
    const list = place => this.offsets(chars[place] + chars[place + 1]);
    // the second list of a small segment is loaded only if the first has anything
    const lists = await Promise.all(order.slice(0, this.isSmall ? 1 : 2).map(list));
    let found = lists[0];
    if (found.length && order.length > 1) {
      found = intersect(found, order[0], lists[1] || await list(order[1]), order[1]);
    }
    for (let n = 2; n < order.length && found.length; n++) {
      if (found.length <= FEW && order.length - n > 1) return this.verify(found, chars, fold);
      found = intersect(found, 0, await list(order[n]), order[n]);
    }
    return found;
  }

  /* Keeps the offsets at which the text itself has these characters. */
  async verify(offsets, chars, fold) {
    const kept = [];
    for (const offset of offsets) {
      const passage = await this.passageAt(offset, fold), from = offset - passage.offset;
      if (chars.every((char, n) => passage.folded.chars[from + n] === char)) kept.push(offset);
    }
    return Uint32Array.from(kept);
  }

  /* Finds the documents that contain a phrase: document → number of times, first places. */
  async hits(phrase, fold) {
    const hits = new Map();
    if (Array.from(phrase).length === 1) {
      const reader = await this.reader("g", phrase);
      let document = 0;
      while (!reader.done()) {
        document += reader.number();
        hits.set(document, { count: 1, places: [this.starts[document] + reader.number()] });
      }
      return hits;
    }
    let end = 0, current = null;
    for (const offset of await this.find(phrase, fold)) {
      if (offset >= end) {
        const document = this.documentAt(offset);
        end = this.endOf(document);
        hits.set(document, current = { count: 0, places: [] });
      }
      current.count++;
      if (current.places.length < PLACES_KNOWN) current.places.push(offset);
    }
    return hits;
  }

  /* Gives the passages of a piece of text, with their folded forms. */
  async piece(place, fold) {
    if (!this.texts.has(place)) {
      if (this.texts.size > CACHED_PIECES) this.texts.clear();
      this.texts.set(place, this.load("t" + place).then(inflate));
    }
    let documents;
    try {
      documents = await this.texts.get(place);
    } catch (error) {
      this.texts.delete(place);
      throw error;
    }
    if (!documents.passages) documents.passages = readPassages(documents, this.pieces[place], fold);
    return documents.passages;
  }

  async passageAt(offset, fold) {
    const passages = await this.piece(lastAtMost(this.pieces, offset, numerically), fold);
    return passages[lastAtMost(passages, offset, (passage, wanted) => passage.offset - wanted)];
  }
}

function readShard(base64) {
  const reader = new Reader(bytesOf(base64)), entries = new Map();
  let before = [];
  while (!reader.done()) {
    const key = before.slice(0, reader.number());
    for (let more = reader.number(); more; more--) key.push(String.fromCodePoint(reader.number()));
    entries.set(key.join(""), reader.slice(reader.number()));
    before = key;
  }
  return entries;
}

function readPassages(documents, offset, fold) {
  const passages = [];
  for (const [facts, firstUnit, listed] of documents) {
    let unit = firstUnit;
    for (const [anchor, text, ownUnit] of listed) {
      const folded = fold(text);
      unit = ownUnit || unit;
      passages.push({ offset, facts, anchor, text, unit, begins: !!ownUnit, folded });
      offset += folded.chars.length + 1;
    }
  }
  return passages;
}
