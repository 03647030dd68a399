/* Finds all documents that contain a query, and no others, in the files of search/.

   In: load(path, fresh), which gives the payload of one file of search/. Out: an engine {search,
   prefetch, fold}. docs/search.md describes it and the files. It knows nothing about pages, boxes
   or Material. The build joins this file and its imports into assets/gazette/search/engine.js. */

import { inflate } from "./bytes.mjs";
import { STATES, countFacets, makeFilter, makeStates, namesWith } from "./filters.mjs";
import { makeFold } from "./fold.mjs";
import { match, matchAll } from "./match.mjs";
import { makeNumbers } from "./numbers.mjs";
import { makeReadings } from "./pinyin.mjs";
import { choosePlaces } from "./places.mjs";
import { makePrintings, onceEach } from "./printings.mjs";
import { bestFirst, preferNearby } from "./rank.mjs";
import { Segment } from "./segment.mjs";
import { escapeText, markRanges, marksOf, printedForms, rangesOf, showPassage } from "./snippets.mjs";
import { nearestNames } from "./suggest.mjs";

const FORMAT = "gazette-search/1";
const CACHED_ANSWERS = 200;

export function gazetteSearch(load) {
  const answers = new Map();
  let opening = null, fold = null, readNumber = null, readings = null, marks = null, printings = null;

  async function loadOrRetry(path) {
    try {
      return await load(path, false);
    } catch (error) {
      return load(path, true); // once more, past the browser's cache
    }
  }

  async function open(fresh) {
    const manifest = await (fresh ? load("manifest", true) : loadOrRetry("manifest"));
    if (manifest.format !== FORMAT) throw new Error("检索文件的格式不符");
    fold = fold || makeFold(await inflate(manifest.fold));
    readNumber = readNumber || makeNumbers(await inflate(manifest.numbers));
    answers.clear();
    const segments = await Promise.all(manifest.segments.map(async ({ dir, head }) =>
      new Segment(dir, head || await loadOrRetry(dir + "/head"), loadOrRetry)
    ));
    marks = printings = null;
    return { segments, fold, foldText, readNumber, readings: loadReadings, marks: loadMarks, printings: loadPrintings, names: manifest.names, page: manifest.page };
  }

  function openOnce(fresh) {
    if (fresh || !opening) {
      opening = open(fresh);
      opening.catch(() => { opening = null; });
    }
    return opening;
  }

  function foldText(text) { return fold(text).chars.join(""); }

  async function loadReadings() {
    readings = readings || makeReadings(await inflate(await loadOrRetry("pinyin")));
    return readings;
  }

  /* The states of documents, for who filters by them; an index without them knows none. */
  function loadMarks() {
    marks = marks || loadOrRetry("states").catch(() => ({}));
    return marks;
  }

  /* The works with several printings; an index without them knows none. */
  function loadPrintings() {
    printings = printings || loadOrRetry("printings").catch(() => []).then(makePrintings);
    return printings;
  }

  /* A repeated query, as after deleting a character, is answered from memory. */
  async function answer(query, options, fresh) {
    const index = await openOnce(fresh), key = JSON.stringify([String(query), options]);
    if (!answers.has(key)) {
      if (answers.size > CACHED_ANSWERS) answers.clear();
      answers.set(key, await find(index, String(query), options));
    }
    return answers.get(key);
  }

  return {
    /* docs/search.md lists the options and the fields of the answer. */
    search: async function (query, options) {
      try {
        return await answer(query, options || {}, false);
      } catch (error) {
        return answer(query, options || {}, true); // a new index may have replaced the old one
      }
    },
    /* Lists agencies or people ("agency", "person") whose names contain a part. */
    names: async function (kind, part) {
      const index = await openOnce(false);
      return namesWith(index.segments, kind, foldText(part));
    },
    /* Lists the names that are most like a query for which nothing was found. */
    suggest: async function (query) {
      const index = await openOnce(false);
      return nearestNames(index.segments, foldText(query));
    },
    prefetch: async function () { await openOnce(false); },
    states: STATES,
    fold: async function (text) {
      await openOnce(false);
      return foldText(text);
    }
  };
}

async function find(index, query, options) {
  const filter = options.filter || {}, needsStates = options.states || options.facets || filter.state;
  const stateOf = makeStates(needsStates ? await index.marks() : {}, options.today || "");
  const { passes, names } = await makeFilter(index.segments, filter, index.foldText, stateOf);
  // no query, but filters: all documents that pass, the newest first
  const found = !query.trim() && options.filter
    ? await matchAll(index, names)
    : await match(index, query, { isThorough: !options.quick, isLiteral: !!options.literal });
  const { workOf, others } = await index.printings();
  const facets = options.facets ? countFacets(found.hits, stateOf, workOf) : null;
  const passing = found.hits.filter(passes);
  if (options.here) preferNearby(passing, options.here, options.place);
  passing.sort(bestFirst);
  const hits = onceEach(passing, workOf);
  const from = options.offset || 0, limit = options.limit === undefined ? 10 : options.limit;
  const shown = await Promise.all(hits.slice(from, from + limit).map(
    async hit => ({
      ...await show(hit, found, hit.here ? 10 : options.sections || 1, index.fold), state: stateOf(hit), also: others(hit)
    })
  ));
  const { note, phrases, tried } = found;
  return {
    total: hits.length, unfiltered: onceEach(found.hits, workOf).length, hits: shown, note, phrases, tried, names, facets, page: index.page
  };
}

/* Describes a hit for a list: its passages below the title, or else the one in the title. */
async function show(hit, { phrases, groups }, sections, fold) {
  const { segment, facts } = hit, start = segment.starts[hit.document];
  const [url, title, number, date, issuer, type] = (await segment.passageAt(start, fold)).facts;
  const below = place => place > start + facts.title;
  const { places, count } = await choosePlaces(hit, groups, below, place => segment.passageAt(place, fold), sections);
  const shown = [], seen = new Set();
  for (const place of places.length ? places : [start]) {
    if (shown.length >= count) break;
    const passage = await segment.passageAt(place, fold);
    if (seen.has(passage.offset)) continue;
    seen.add(passage.offset);
    shown.push(showPassage(passage, phrases, place - passage.offset, groups));
  }
  const forms = shown.map(one => one.forms).concat([printedForms(title, fold(title), groups)]);
  for (const one of shown) delete one.forms;
  if (!hit.places.length) {
    // the hit was found only by its number, which its text may print in another form, its issue, a filter
    shown[0].snippet = number && phrases.length ? "<mark>" + escapeText(number) + "</mark>" : "";
  }
  return {
    url, title, number, date, issuer, type,
    gazette: segment.names.gazettes[facts.gazette], issue: segment.names.labels[facts.issue],
    titleHtml: markRanges(title, rangesOf(fold(title), phrases), 0, title.length),
    marks: marksOf(forms, groups),
    anchor: shown[0].anchor, snippet: shown[0].snippet, sections: shown, here: !!hit.here
  };
}
