/* Finds phrases by their pinyin (panzhihua), else by its initials (pzh).

   In: segments, the characters of each syllable (pinyin.js), letters, and a function that finds
   the documents of a phrase. Out: a list of {text, count, hits}, the most frequent first. */

const LONGEST_SYLLABLE = 6; // zhuang
const MOST_SYLLABLES = 12;
const CHAINS_KEPT = 3000, CHAINS_GIVEN = 400;

/* Lists the characters of each key of two tables of the index: y syllables, i initial letters. */
export function makeReadings(data) {
  const syllables = {}, letters = {};
  for (const syllable of Object.keys(data)) {
    syllables[syllable] = Array.from(data[syllable]);
    const letter = syllable[0];
    letters[letter] = letters[letter] || new Set();
    for (const char of syllables[syllable]) letters[letter].add(char);
  }
  for (const letter of Object.keys(letters)) letters[letter] = Array.from(letters[letter]);
  return { y: syllables, i: letters };
}

/* isThorough tries more phrases, for the search page, where a reader is willing to wait. */
export async function findByReading(segments, readings, letters, isThorough, findHits) {
  const names = (await namesReadSo(segments, letters)).map(text => ({ text, least: 0, sum: 0 }));
  const named = await thatOccur(names, 8, findHits);
  let chains = [];
  for (const syllables of splitSyllables(letters, readings.y)) {
    chains = chains.concat(await chainsReadSo(segments, readings, "y", syllables));
  }
  let found = await thatOccur(chains, 12, findHits);
  if (!found.length && (!named.length || isThorough) && /^[a-z]{2,12}$/.test(letters)) {
    chains = await chainsReadSo(segments, readings, "i", letters.split(""));
    found = await thatOccur(chains, isThorough ? 150 : 16, findHits);
  }
  return named.concat(found).slice(0, isThorough ? 60 : 5);
}

/* Finds the names of people with this pinyin, in full or by its initials. */
async function namesReadSo(segments, letters) {
  const names = new Set();
  await Promise.all(segments.map(async segment => {
    const reader = await segment.reader("w", letters);
    while (!reader.done()) names.add(reader.text());
  }));
  return Array.from(names);
}

/* Splits letters into syllables in at most four ways, those with the fewest syllables first;
   an apostrophe separates syllables. */
export function splitSyllables(letters, syllables) {
  const found = [];
  (function walk(at, parts) {
    if (found.length >= 8) return;
    if (at === letters.length) {
      found.push(parts);
      return;
    }
    if (letters[at] === "'") {
      walk(at + 1, parts);
      return;
    }
    for (let length = Math.min(LONGEST_SYLLABLE, letters.length - at); length; length--) {
      const part = letters.slice(at, at + length).replace("ü", "v");
      if (syllables[part]) walk(at + length, parts.concat(part));
    }
  })(0, []);
  return found.filter(parts => parts.length > 1 && parts.length <= MOST_SYLLABLES)
    .sort((a, b) => a.length - b.length).slice(0, 4);
}

/* Finds phrases with these readings, the likeliest first, as chains of bigrams that occur. */
async function chainsReadSo(segments, readings, table, keys) {
  const pairs = await Promise.all(keys.slice(1).map(
    (key, n) => bigramsReadSo(segments, readings[table], table, keys[n], key)
  ));
  let chains = Array.from(pairs[0], ([text, weight]) => ({ text, least: weight, sum: weight }));
  for (const bigrams of pairs.slice(1)) {
    const followers = new Map(); // from a character to those that may follow it
    for (const [bigram, weight] of bigrams) {
      const [first, second] = Array.from(bigram);
      if (!followers.has(first)) followers.set(first, []);
      followers.get(first).push([second, weight]);
    }
    const longer = [];
    for (const { text, least, sum } of chains) {
      for (const [char, weight] of followers.get(Array.from(text).pop()) || []) {
        longer.push({ text: text + char, least: Math.min(least, weight), sum: sum + weight });
      }
    }
    chains = likeliest(longer, CHAINS_KEPT);
  }
  return likeliest(chains, CHAINS_GIVEN);
}

/* Finds the bigrams with these two readings, each with its greatest weight in any segment. */
async function bigramsReadSo(segments, chars, table, first, second) {
  const bigrams = new Map(), firsts = chars[first], seconds = chars[second];
  if (!firsts || !seconds) return bigrams;
  await Promise.all(segments.map(async segment => {
    const reader = await segment.reader(table, first + " " + second);
    while (!reader.done()) {
      const bigram = firsts[reader.number()] + seconds[reader.number()];
      const weight = reader.number() + 1;
      bigrams.set(bigram, Math.max(bigrams.get(bigram) || 0, weight));
    }
  }));
  return bigrams;
}

function likeliest(chains, count) {
  return chains.sort((a, b) =>
    b.least + b.sum / 20 - a.least - a.sum / 20 || (a.text < b.text ? -1 : 1)
  ).slice(0, count);
}

/* Finds those of the likeliest chains that occur in some text, the most frequent first. */
async function thatOccur(chains, tries, findHits) {
  const found = [], tried = new Set();
  for (const { text } of likeliest(chains, chains.length)) {
    if (tried.size >= tries) break;
    if (tried.has(text)) continue;
    tried.add(text);
    const hits = await findHits(text);
    let count = 0;
    for (const map of hits) for (const hit of map.values()) count += hit.count;
    if (count) found.push({ text, count, hits });
  }
  return found.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
}
