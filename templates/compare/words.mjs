/* What was changed inside a paragraph: a list of [sign, text], whose sign is "=", "-" or "+". */

const WORDS = /第[〇零一二三四五六七八九十百千两]+[章节条款项]|（[一二三四五六七八九十]+）|[0-9A-Za-z０-９.%％]+|[^]/gu;
const FURTHEST = 600; // words deleted and added in one paragraph; beyond it, all counts as changed
const SHORTEST_SAME = 4; // characters; shorter equal parts between two changes may belong to them
const ENDS = /[。；！？\n]$/, PAUSES = /[，、：）》]$/;

/* Compares two texts word by word; a word is a character, a number or an ordinal. `diffArrays` is
   that of jsdiff; `budget.words` says how many comparisons are left. */
export function compareWords(before, after, diffArrays, budget) {
  if (before === after) return [["=", before]];
  const one = before.match(WORDS) || [], other = after.match(WORDS) || [];
  let head = 0, tail = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head++;
  while (tail < Math.min(one.length, other.length) - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  const inside = [one.slice(head, one.length - tail), other.slice(head, other.length - tail)];
  const equal = (from, to) => ({ same: one.slice(from, to), gone: [], added: [] });
  const steps = [equal(0, head), ...changes(...inside, diffArrays, budget), equal(one.length - tail)];
  return written(slide(joinShort(tidy(steps))));
}

/* Gives steps {same, gone, added}: equal words, then what stands between them and the next ones. */
function changes(gone, added, diffArrays, budget) {
  const furthest = Math.min(FURTHEST, Math.floor(Math.sqrt(Math.max(budget.words, 0))));
  const parts = gone.length && added.length ? diffArrays(gone, added, { maxEditLength: furthest }) : null;
  if (!parts) {
    if (gone.length && added.length) budget.words -= furthest ** 2;
    return [{ same: [], gone, added }];
  }
  const edits = parts.reduce((sum, part) => sum + (part.added || part.removed ? part.count : 0), 0);
  budget.words -= edits ** 2;
  return parts.map(({ value, added: isAdded, removed }) => ({
    same: isAdded || removed ? [] : value, gone: removed ? value : [], added: isAdded ? value : []
  }));
}

/* Joins steps until equal words and changes alternate. */
function tidy(steps) {
  const tidied = [];
  for (const step of steps) {
    const last = tidied[tidied.length - 1];
    if (last && !step.same.length) {
      last.gone = last.gone.concat(step.gone);
      last.added = last.added.concat(step.added);
    } else if (last && !last.gone.length && !last.added.length) {
      Object.assign(last, step, { same: last.same.concat(step.same) });
    } else tidied.push({ ...step });
  }
  return tidied;
}

/* Takes short equal parts between two changes into them: a reader sees one change. */
function joinShort(steps) {
  for (let isJoined = true; isJoined;) {
    isJoined = false;
    for (let n = 1; n < steps.length; n++) {
      const [before, { same, gone, added }] = [steps[n - 1], steps[n]], length = same.join("").length;
      const isSmall = change => length <= Math.max(change.gone.join("").length, change.added.join("").length);
      if (length >= SHORTEST_SAME + 1 || !isSmall(before) || !isSmall(steps[n])) continue;
      before.gone = before.gone.concat(same, gone);
      before.added = before.added.concat(same, added);
      steps.splice(n--, 1);
      isJoined = true;
    }
  }
  return steps;
}

/* Moves what was only deleted or only added to where a sentence or a part of one begins and ends:
   甲、[乙、]丙 and not 甲[、乙]、丙. */
function slide(steps) {
  for (let n = 0; n + 1 < steps.length; n++) {
    const step = steps[n], next = steps[n + 1];
    const name = step.gone.length ? "gone" : "added", change = step[name];
    if (!change.length || (step.gone.length && step.added.length)) continue;
    const around = [...step.same, ...change, ...next.same], start = step.same.length, size = change.length;
    let first = start, last = start;
    while (first > 0 && around[first - 1] === around[first + size - 1]) first--;
    while (last + size < around.length && around[last] === around[last + size]) last++;
    if (n > 0) first = Math.max(first, 1); // equal words must stay between two changes
    if (n + 2 < steps.length) last = Math.min(last, around.length - size - 1);
    const scoreAt = at => edge(around[at - 1]) + edge(around[at + size - 1]);
    let best = start;
    for (let at = first; at <= last; at++) if (scoreAt(at) > scoreAt(best)) best = at;
    step.same = around.slice(0, best);
    step[name] = around.slice(best, best + size);
    next.same = around.slice(best + size);
  }
  return steps;
}

function edge(word) {
  return word === undefined || ENDS.test(word) ? 2 : PAUSES.test(word) ? 1 : 0;
}

function written(steps) {
  return steps.flatMap(({ same, gone, added }) => [["=", same], ["-", gone], ["+", added]])
    .filter(([, words]) => words.length).map(([sign, words]) => [sign, words.join("")]);
}
