/* Two documents → the rows of their comparison. It knows nothing about pages. The build joins this
   file and its imports into assets/gazette/compare/compare.js. */

import { align } from "./align.mjs";
import { likeness, pairsOf } from "./likeness.mjs";
import { partsOf, piecesOf, unitsOf } from "./pieces.mjs";
import { compareWords } from "./words.mjs";

const MOST_PIECES = 6000, MOST_CHARACTERS = 500_000; // of one document
const MOST_WORK = 150e6, MOST_WORDS = 8e6; // comparisons in all: of characters (align.mjs), of words (words.mjs)
const KEPT = 0.3; // likeness below which a paragraph counts as replaced in whole

/* Compares the blocks of two documents (docs/data.md); `diffArrays` is that of jsdiff. Gives {rows,
   isRough}, or {tooLong}. A row is {left, right, parts}: the two pieces, either of which may be null,
   and the list of [sign, text] that leads from one to the other. */
export function gazetteCompare(before, after, diffArrays) {
  const one = piecesOf(before), other = piecesOf(after);
  if (isLong(one) || isLong(other)) return { tooLong: true };
  const budget = { work: MOST_WORK, words: MOST_WORDS, isRough: false };
  const rows = align(unitsOf(one), unitsOf(other), budget).flatMap(([left, right]) => {
    if (!left || !right) return (left || right).pieces.map(piece => rowOf(left && piece, right && piece));
    if (left.pieces.length === 1 && right.pieces.length === 1) return [compared(left.pieces[0], right.pieces[0])];
    return beside(align(partsOf(left), partsOf(right), budget)).map(([a, b]) => (
      a && b ? compared(a.pieces[0], b.pieces[0]) : rowOf(a && a.pieces[0], b && b.pieces[0])
    ));
  });
  return { rows, isRough: budget.isRough };

  function compared(left, right) {
    if (left.text === right.text) return rowOf(left, right, [["=", left.text]]);
    if (likeness(pairsOf(left.text), pairsOf(right.text), KEPT) < KEPT) return rowOf(left, right);
    return rowOf(left, right, compareWords(left.text, right.text, diffArrays, budget));
  }
}

/* Puts what an article lost beside what it got in the same place. */
function beside(pairs) {
  const put = [];
  let free = 0; // the first row of this place whose right side is empty
  for (const [left, right] of pairs) {
    if (!left && free < put.length) put[free++][1] = right;
    else put.push([left, right]);
    if (put[put.length - 1][1]) free = put.length;
  }
  return put;
}

function isLong(pieces) {
  return pieces.length > MOST_PIECES || pieces.reduce((sum, { text }) => sum + text.length, 0) > MOST_CHARACTERS;
}

function rowOf(left, right, parts) {
  const whole = [...(left ? [["-", left.text]] : []), ...(right ? [["+", right.text]] : [])];
  return { left, right, parts: parts || whole };
}
