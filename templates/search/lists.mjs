/* Searches and compares sorted lists.

   In: sorted arrays. Out: a place in one of them, or a new sorted array. */

export function numerically(a, b) { return a - b; }

/* Compares keys of a table by code points; JavaScript's own order is by UTF-16 units. */
export function byCodePoints(one, other) {
  const a = Array.from(one), b = Array.from(other), shorter = Math.min(a.length, b.length);
  for (let n = 0; n < shorter; n++) {
    const difference = a[n].codePointAt(0) - b[n].codePointAt(0);
    if (difference) return difference;
  }
  return a.length - b.length;
}

/* Finds the index of the last value that is not above the wanted one; -1 if all are above it. */
export function lastAtMost(values, wanted, order) {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (order(values[middle], wanted) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/* Finds the offsets at which a phrase begins, from the offsets of two of its bigrams: subtracts
   from each list the place of its bigram in the phrase, and keeps the values in both lists. */
export function intersect(one, place, other, otherPlace) {
  const found = new Uint32Array(Math.min(one.length, other.length));
  let count = 0, a = 0, b = 0;
  while (a < one.length && b < other.length) {
    const difference = one[a] - place - (other[b] - otherPlace);
    if (difference < 0) a++;
    else if (difference > 0) b++;
    else {
      found[count++] = one[a++] - place;
      b++;
    }
  }
  return found.slice(0, count);
}
