/* Splits a query into phrases.

   In: what was typed, and the fold. Out: the folded phrases, each once, in the order typed. */

const QUOTED = /^(?:"([^"]+)"|“([^”]+)”)(?=\s|$)/;
const BLANKS_OR_WORD = /^(?:\s+|\S+)/;

/* Blanks separate phrases; quotation marks around a piece keep it together. Marks inside a piece
   (的“十三五”规划) are characters like others. */
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
