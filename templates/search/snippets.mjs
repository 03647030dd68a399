/* Shows where phrases occur in a text as printed.

   In: a text, its folded form, folded phrases. Out: HTML in which the phrases are marked and the
   text is escaped. */

const CONTEXT = 48; // characters of a snippet on each side of the hit

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

/* Cuts a snippet of a passage around its hit at a place of its folded characters, else around its
   first hit. */
export function showPassage(passage, phrases, place) {
  const { text, folded, anchor, unit, begins } = passage;
  const ranges = rangesOf(folded, phrases).map(range => trimRange(text, range));
  const at = place === undefined ? (ranges[0] || [0])[0] : folded.places[place] || 0;
  const hit = ranges.find(range => range[1] > at) || [at, at];
  let from = Math.max(0, hit[0] - CONTEXT), to = Math.min(text.length, hit[1] + CONTEXT);
  // do not cut in the middle of a surrogate pair
  if (/[\udc00-\udfff]/.test(text[from] || "")) from--;
  if (/[\ud800-\udbff]/.test(text[to - 1] || "")) to++;
  return {
    anchor, unit, begins, // begins: the unit begins with this passage
    snippet: (from ? "…" : "") + markRanges(text, ranges, from, to) +
      (to < text.length ? "…" : ""),
    printed: text.slice(hit[0], hit[1])
  };
}
