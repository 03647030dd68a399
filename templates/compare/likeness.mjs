/* How much two texts have in common: Dice's coefficient of their pairs of characters, from 0 to 1. */

/* Gives the sorted pairs of neighbouring characters of a text, each as one number. */
export function pairsOf(text) {
  const pairs = new Float64Array(Math.max(text.length - 1, 0));
  for (let n = 0; n < pairs.length; n++) pairs[n] = text.charCodeAt(n) * 65536 + text.charCodeAt(n + 1);
  return pairs.sort();
}

/* Compares two sorted lists; what cannot reach `least` is not counted, and gives 0. */
export function likeness(one, other, least) {
  const all = one.length + other.length;
  if (!all || 2 * Math.min(one.length, other.length) < least * all) return 0;
  let a = 0, b = 0, common = 0;
  while (a < one.length && b < other.length) {
    const difference = one[a] - other[b];
    if (!difference) common++;
    if (difference <= 0) a++;
    if (difference >= 0) b++;
  }
  return 2 * common / all;
}
