/* Filters hits by what a reader chose beside the query (year, issuer …), and counts the choices.

   In: segments, and hits as rank.mjs makes them. Out: a test of a hit; numbers of hits by name. */

import { readAscending } from "./bytes.mjs";

/* Makes the test of a hit; filter: {gazette, year, issuer, type, agency, person}, as displayed. */
export async function makeFilter(segments, filter, foldText) {
  const sets = []; // for each name, the documents of each segment that name it
  for (const [table, name] of [["a", filter.agency], ["m", filter.person]]) {
    if (!name) continue;
    sets.push(await Promise.all(segments.map(async segment => {
      const bytes = await segment.value(table, foldText(name));
      return new Set(bytes ? readAscending(bytes) : []);
    })));
  }
  return hit => {
    const names = hit.segment.names, facts = hit.facts, issuer = names.issuers[facts.issuer];
    return (!filter.gazette || names.gazettes[facts.gazette] === filter.gazette) &&
      (!filter.year || String(facts.year) === String(filter.year)) &&
      (!filter.issuer || issuer === filter.issuer || issuersOf(issuer).includes(filter.issuer)) &&
      (!filter.type || names.types[facts.type] === filter.type) &&
      sets.every(set => set[hit.order].has(hit.document));
  };
}

/* Counts the hits that each choice would leave: {gazette: {name: count}, year, issuer, type}. */
export function countFacets(hits) {
  const facets = { gazette: {}, year: {}, issuer: {}, type: {} };
  function count(facet, name) {
    if (name) facets[facet][name] = (facets[facet][name] || 0) + 1;
  }
  for (const { segment: { names }, facts } of hits) {
    count("gazette", names.gazettes[facts.gazette]);
    count("year", facts.year ? String(facts.year) : "");
    for (const name of issuersOf(names.issuers[facts.issuer])) count("issuer", name);
    count("type", names.types[facts.type]);
  }
  return facets;
}

/* Splits the issuers of a document, which are printed with 、 or a blank between them. */
function issuersOf(printed) { return printed.split(/[、\s]/); }
