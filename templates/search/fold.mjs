/* Folds texts and queries to the form that is compared, exactly like generator/search/fold.py.

   In: the tables of the fold, from the manifest. Out: a function from a text to its folded
   characters and the offset in the text at which each of them begins. */

const LETTER_OR_DIGIT = /[0-9a-z]/;

export function makeFold(tables) {
  const [traditional, simplified, unified, compared, droppedPattern, blankPattern] = tables;
  const dropped = new RegExp(droppedPattern, "u"), blank = new RegExp(blankPattern, "u");
  const simplifiedChars = Array.from(simplified);
  const simplify = new Map(Array.from(traditional).map((char, n) => [char, simplifiedChars[n]]));
  const kinds = new Map(); // a kind of bracket, quotation mark or dash → the one it is compared as
  for (const [one, others] of Object.entries(unified)) {
    for (const kind of others) kinds.set(kind, one);
  }
  const folded = new Map(); // characters are folded once

  function foldCharacter(char) {
    if (kinds.has(char)) return kinds.get(char);
    const code = char.codePointAt(0);
    if (compared.some(([first, last]) => first <= code && code <= last)) {
      char = ifOneCharacter(char.normalize("NFKC"), char);
      char = ifOneCharacter(char.toLowerCase(), char);
      char = kinds.get(char) || char;
    }
    return simplify.get(char) || char;
  }

  function lookUp(char) {
    let found = folded.get(char);
    if (found === undefined) {
      if (dropped.test(char)) found = "";
      else if (blank.test(char) || char === "\n") found = " ";
      else found = foldCharacter(char);
      folded.set(char, found);
    }
    return found;
  }

  return function fold(text) {
    const chars = [], places = [];
    let at = 0, blankAt = -1;
    for (const raw of text) {
      const char = lookUp(raw);
      if (char === " ") {
        if (blankAt < 0) blankAt = at;
      } else if (char) {
        // a blank counts only between letters or digits
        if (blankAt >= 0 && chars.length && LETTER_OR_DIGIT.test(chars[chars.length - 1]) &&
            LETTER_OR_DIGIT.test(char)) {
          chars.push(" ");
          places.push(blankAt);
        }
        blankAt = -1;
        chars.push(char);
        places.push(at);
      }
      at += raw.length;
    }
    places.push(text.length);
    return { chars, places };
  };
}

function ifOneCharacter(text, otherwise) {
  return Array.from(text).length === 1 ? text : otherwise;
}
