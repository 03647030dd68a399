/* Filters hits by what a reader chose beside the query (year, issuer …), and counts the choices.

   In: segments, and hits as rank.mjs makes them. Out: a test of a hit, with the names that a part
   of a name stands for; numbers of hits by name. */

import { readAscending } from "./bytes.mjs";

const firsts = new WeakMap(); // segment → the first document of each issue

/* Gives the place of a hit among the documents of its issue, from 0. */
export function placeOf({ segment, document, facts }) {
  if (!firsts.has(segment)) {
    const first = new Map();
    segment.facts.forEach((own, n) => { if (!first.has(own.issue)) first.set(own.issue, n); });
    firsts.set(segment, first);
  }
  return document - firsts.get(segment).get(facts.issue);
}

/* The words for each kind of state, in the order in which readers choose by them. */
export const STATES = {
  none: "未见修改、废止", amended: "已修改", "partly-repealed": "部分废止", suspended: "停止执行",
  repealed: "已废止", superseded: "有新的同名文件", expired: "有效期已满", pending: "尚未施行"
};

/* Makes the function that gives a hit's state: {kind, label, day, begins, ends}. marks is the payload of
   search/states.js; kind is "" for a document of which the archive says nothing. A repeal of a later
   day than today has not come yet; "pending" and "expired" are by the document's own words. */
export function makeStates(marks, today) {
  return hit => {
    const ofIssue = marks[hit.segment.names.issues[hit.facts.issue]];
    const [said = "", day = "", begins = "", ends = ""] = ofIssue && ofIssue[placeOf(hit)] || [];
    const over = ends && ends < today ? "expired" : begins && begins > today ? "pending" : "";
    const kind = said && !(day > today) ? said : over;
    return { kind, label: kind ? STATES[kind] : "", day, begins, ends };
  };
}

export const NAMES = { agency: "a", person: "m" }; // the tables of names

/* Lists the names of a table that contain a part, with their documents in each segment. */
async function named(segments, table, part) {
  return Promise.all(segments.map(async segment =>
    (await segment.entries(table)).filter(([name]) => name.includes(part))
  ));
}

/* Lists the agencies or people whose names contain a part, those that begin with it first. */
export async function namesWith(segments, kind, part) {
  const names = new Set((await named(segments, NAMES[kind], part)).flat().map(([name]) => name));
  return Array.from(names).sort((a, b) =>
    b.startsWith(part) - a.startsWith(part) || a.length - b.length || (a < b ? -1 : 1));
}

/* Makes the test of a hit; filter: {gazette, year, issuer, type, agency, person}, as displayed, of
   an agency or a person a part of the name, and state: a kind, or "none"; stateOf as made by
   makeStates. Gives {passes, names}: names that the parts stand for. */
export async function makeFilter(segments, filter, foldText, stateOf) {
  const sets = [], names = new Set(); // sets: for each part, the documents of each segment
  for (const [kind, table] of Object.entries(NAMES)) {
    if (!filter[kind]) continue;
    const found = await named(segments, table, foldText(filter[kind]));
    found.flat().forEach(([name]) => names.add(name));
    sets.push(found.map(list => new Set(list.flatMap(([, bytes]) => Array.from(readAscending(bytes))))));
  }
  return { names: Array.from(names), passes: hit => {
    const { names } = hit.segment, facts = hit.facts, issuer = names.issuers[facts.issuer];
    return (!filter.gazette || names.gazettes[facts.gazette] === filter.gazette) &&
      (!filter.year || String(facts.year) === String(filter.year)) &&
      (!filter.issuer || issuer === filter.issuer || issuersOf(issuer).includes(filter.issuer)) &&
      (!filter.type || names.types[facts.type] === filter.type) &&
      (!filter.state || (stateOf(hit).kind || "none") === filter.state) &&
      sets.every(set => set[hit.order].has(hit.document));
  } };
}

/* Counts the hits that each choice would leave: {gazette: {name: count}, year, issuer, type, state}.
   Several printings of a work (see printings.mjs) count once for a choice. */
export function countFacets(hits, stateOf, workOf = () => -1) {
  const facets = { gazette: {}, year: {}, issuer: {}, type: {}, state: {} }, counted = new Set();
  let work = -1;
  function count(facet, name) {
    const key = facet + " " + name + " " + work;
    if (!name || work >= 0 && counted.has(key)) return;
    if (work >= 0) counted.add(key);
    facets[facet][name] = (facets[facet][name] || 0) + 1;
  }
  for (const hit of hits) {
    const { segment: { names }, facts } = hit;
    work = workOf(hit);
    count("gazette", names.gazettes[facts.gazette]);
    count("year", facts.year ? String(facts.year) : "");
    for (const name of issuersOf(names.issuers[facts.issuer])) count("issuer", name);
    count("type", names.types[facts.type]);
    count("state", stateOf(hit).kind || "none");
  }
  return facets;
}

/* Splits the issuers of a document, which are printed with 、 or a blank between them. */
function issuersOf(printed) { return printed.split(/[、\s]/); }
