/* Splits a query into phrases.

   In: the query as typed, and the fold. Out: the folded phrases, each once, in the typed order. */

const QUOTED = /^(?:"([^"]+)"|“([^”]+)”)(?=\s|$)/;
const BLANKS_OR_WORD = /^(?:\s+|\S+)/;

/* Blanks separate phrases; quotation marks around a piece keep it together. Quotation marks inside
   a piece (的“十三五”规划) are ordinary characters. */
export function phrasesOf(query, foldText) {
  const found = [];
  let at = 0;
  while (at < query.length) {
    const rest = query.slice(at), quoted = QUOTED.exec(rest);
    const piece = quoted ? quoted[0] : BLANKS_OR_WORD.exec(rest)[0];
    const phrase = foldText(quoted ? quoted[1] || quoted[2] : piece);
    if (phrase && !found.includes(phrase)) found.push(phrase);
    at += piece.length;
  }
  return found;
}
