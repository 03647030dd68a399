/* Shows where phrases occur in a text as printed.

   In: a text, its folded form, folded phrases. Out: HTML in which the phrases are marked and the
   text is escaped. */

const CONTEXT = 48; // characters of a snippet on each side of the hit
const NARROW = 16; // beside another word of the query, further on in the passage
const FORMS_MARKED = 6; // printed forms of one word, which a page marks

export function escapeText(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

/* Finds the places of a phrase in folded characters. */
export function findAll(chars, phrase) {
  const wanted = Array.from(phrase), found = [];
  for (let n = 0; n + wanted.length <= chars.length; n++) {
    let m = 0;
    while (m < wanted.length && chars[n + m] === wanted[m]) m++;
    if (m === wanted.length) found.push(n);
  }
  return found;
}

/* Gives the ranges [from, to) of the printed text that phrases cover, in order; ranges that touch
   or overlap are joined. */
export function rangesOf(folded, phrases) {
  const ranges = [];
  for (const phrase of phrases) {
    const length = Array.from(phrase).length;
    for (const place of findAll(folded.chars, phrase)) {
      // up to the next folded character, but two units at most, because blanks may follow
      const last = folded.places[place + length - 1];
      ranges.push([folded.places[place], Math.min(folded.places[place + length], last + 2)]);
    }
  }
  ranges.sort((a, b) => a[0] - b[0]);
  const merged = [];
  for (const range of ranges) {
    const last = merged[merged.length - 1];
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push(range);
  }
  return merged;
}

/* Removes blanks and half a surrogate pair from the end of a range. */
function trimRange(text, [from, to]) {
  while (to > from + 1 && /[\s\u3000]$/.test(text.slice(from, to))) to--;
  if (/[\ud800-\udbff]$/.test(text.slice(from, to))) to--;
  return [from, to];
}

/* Gives the text between two offsets as HTML, with the ranges marked. */
export function markRanges(text, ranges, from, to) {
  let html = "", at = from;
  for (const range of ranges) {
    const start = Math.max(range[0], from), end = Math.min(range[1], to);
    if (start >= end) continue;
    html += escapeText(text.slice(at, start)) +
      "<mark>" + escapeText(text.slice(start, end)) + "</mark>";
    at = end;
  }
  return html + escapeText(text.slice(at, to));
}

/* Says whether a passage has a phrase of each group. */
export function holdsAll(passage, groups) {
  return groups.every(group => group.some(phrase => findAll(passage.folded.chars, phrase).length));
}

/* Lists the printed forms of each group of phrases in a text. */
export function printedForms(text, folded, groups) {
  return groups.map(group => rangesOf(folded, group).map(range => text.slice(...trimRange(text, range))));
}

/* Writes what a page is to mark (?h=): forms of one word with | between them, words with two blanks. */
export function marksOf(listed, groups) {
  return groups.map((group, n) => {
    const printed = listed.flatMap(forms => forms[n]).map(text => text.replace(/\s+/g, " "));
    return Array.from(new Set(printed.length ? printed : group)).slice(0, FORMS_MARKED).join("|");
  }).filter(Boolean).join("  ");
}

/* Gives the parts of a passage that a snippet shows: around the hit, and around the nearest phrase
   of each group that is not there. */
function windowsOf(text, folded, groups, hit) {
  const windows = [[hit[0] - CONTEXT, hit[1] + CONTEXT]];
  for (const group of groups) {
    const own = rangesOf(folded, group);
    if (!own.length || own.some(([from, to]) => windows.some(w => from >= w[0] && to <= w[1]))) continue;
    const nearest = own.reduce((a, b) => (Math.abs(a[0] - hit[0]) <= Math.abs(b[0] - hit[0]) ? a : b));
    windows.push([nearest[0] - NARROW, nearest[1] + NARROW]);
  }
  const merged = [];
  for (const [from, to] of windows.sort((a, b) => a[0] - b[0])) {
    const last = merged[merged.length - 1];
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged.map(([start, end]) => {
    let from = Math.max(0, start), to = Math.min(text.length, end);
    // do not cut in the middle of a surrogate pair
    if (/[\udc00-\udfff]/.test(text[from] || "")) from--;
    if (/[\ud800-\udbff]/.test(text[to - 1] || "")) to++;
    return [from, to];
  });
}

/* Cuts a snippet of a passage around its hit at a place of its folded characters, else around its
   first hit; each group of phrases that the passage has is shown. */
export function showPassage(passage, phrases, place, groups = [phrases]) {
  const { text, folded, anchor, unit, begins } = passage;
  const ranges = rangesOf(folded, phrases).map(range => trimRange(text, range));
  const at = place === undefined ? (ranges[0] || [0])[0] : folded.places[place] || 0;
  const hit = ranges.find(range => range[1] > at) || [at, at];
  const windows = windowsOf(text, folded, groups, hit);
  return {
    anchor, unit, begins, // begins: the unit begins with this passage
    snippet: (windows[0][0] ? "…" : "") +
      windows.map(([from, to]) => markRanges(text, ranges, from, to)).join("…") +
      (windows[windows.length - 1][1] < text.length ? "…" : ""),
    forms: printedForms(text, folded, groups),
    printed: text.slice(hit[0], hit[1])
  };
}
