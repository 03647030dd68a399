/* Other ways to print what a query says: 2003年 for 二〇〇三年, 第12条 for 第十二条, 1,234.5 for
   1234.5, a name by which an agency was or is known, words that the text has in quotation marks.

   In: a folded phrase, groups of names, and what texts print with marks. Out: folded phrases, the
   typed one not among them. Each of them is then looked for literally, so that none is a guess. */

const MOST = 12; // other ways that are looked for
const DIGITS = "〇一二三四五六七八九";
const HAN = "[〇零一二三四五六七八九十百千]";
const YEAR = "(?:[12][0-9]{3}|[一二][〇零o一二三四五六七八九]{3})";
const DAY = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})";
const DATE = new RegExp(`(${YEAR})年(?:(${DAY})月(?:(${DAY})日)?)?`, "g");
const UNITS = "[条章节款项目编期届次号批页季卷版]";
const ORDINAL = new RegExp(`第(\\(?)([0-9]{1,4}|${HAN}{1,9})(\\)?${UNITS})`, "g");
const WITH_COMMAS = /[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])/g;
const LONG_NUMBER = /(?<![0-9.,[])[0-9]{4,12}(?![0-9\]年])/g;
const PAIRED = /"([^"]{2,})"|'([^']{2,})'/g; // a mark alone is what the reader looks for
const DOT = /(?<=[\u4e00-\u9fff])·(?=[\u4e00-\u9fff])/g;

/* Lists the other ways to print a phrase; marked(phrase) gives those with marks that texts have. */
export async function formsOf(phrase, groups, marked) {
  const found = new Set();
  const spelt = [phrase, ...SPELLINGS.map(spell => numbersSpelt(phrase, spell))];
  for (const one of spelt) found.add(one);
  found.add(phrase.replace(WITH_COMMAS, number => number.replace(/,/g, "")));
  found.add(phrase.replace(LONG_NUMBER, number => number.replace(/(?=(?:...)+$)(?!^)/g, ",")));
  for (const one of namesOf(phrase, groups)) found.add(one);
  const bare = phrase.replace(PAIRED, "$1$2").replace(DOT, "");
  found.add(bare);
  for (const one of await marked(bare)) found.add(one);
  // a form that holds the phrase itself is found with it
  return Array.from(found).filter(form => !form.includes(phrase)).slice(0, MOST);
}

/* The spellings of numbers: of a year, and of a day or an ordinal. */
const SPELLINGS = [
  { year: digits => digits, count: String },
  { year: digits => hanDigits(digits, "〇"), count: hanNumeral },
  { year: digits => hanDigits(digits, "零"), count: hanNumeral },
  { year: digits => hanDigits(digits, "o"), count: hanNumeral } // 二ＯＯ三, as it is often printed
];

function numbersSpelt(phrase, { year, count }) {
  const spellCount = printed => printed && count(valueOf(printed));
  return phrase.replace(DATE, (whole, y, month, day) =>
    year(arabicDigits(y)) + "年" +
      (month ? spellCount(month) + "月" : "") + (day ? spellCount(day) + "日" : "")
  ).replace(ORDINAL, (whole, open, number, rest) =>
    valueOf(number) ? "第" + open + spellCount(number) + rest : whole
  );
}

/* 二〇〇三 → 2003. */
function arabicDigits(printed) {
  return printed.replace(/[零o]/g, "〇").replace(/[〇一二三四五六七八九]/g, char => DIGITS.indexOf(char));
}

function hanDigits(digits, zero) {
  return digits.replace(/[0-9]/g, digit => (digit === "0" ? zero : DIGITS[digit]));
}

/* 一百零三 → 103; 0 for what is no numeral. */
export function valueOf(printed) {
  if (/^[0-9]+$/.test(printed)) return Number(printed);
  let sum = 0, digit = 0, smallest = 10000;
  for (const char of printed.replace(/[〇零]/g, "")) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[char];
    if (!unit) {
      if (digit) return 0; // 一二: digits without units
      digit = DIGITS.indexOf(char);
      if (digit < 0) return 0;
    } else {
      if (unit >= smallest) return 0;
      sum += (digit || 1) * unit;
      digit = 0;
      smallest = unit;
    }
  }
  return sum + digit;
}

/* 103 → 一百零三; 12 → 十二. */
export function hanNumeral(value) {
  let text = "", isGap = false;
  for (const [unit, name] of [[1000, "千"], [100, "百"], [10, "十"], [1, ""]]) {
    const digit = Math.floor(value / unit) % 10;
    if (digit) {
      text += (isGap && text ? "零" : "") + (unit === 10 && digit === 1 && !text ? "" : DIGITS[digit]) + name;
      isGap = false;
    } else isGap = true;
  }
  return text;
}

/* Puts the other names of an agency in its place; the longest name that occurs counts. */
function namesOf(phrase, groups) {
  let longest = "", others = [];
  for (const group of groups) {
    for (const name of group) {
      if (name.length > longest.length && phrase.includes(name)) {
        longest = name;
        others = group;
      }
    }
  }
  return others.filter(name => name !== longest).map(name => phrase.replaceAll(longest, name));
}

/* Lists what texts print with marks: 一带一路建设 → "一带一路"建设, 阿不都某 → 阿不都·某. The table q
   of a segment has, by their first two characters, the words without and with marks. */
export async function markedForms(segments, phrase) {
  const chars = Array.from(phrase), forms = new Map(); // words without marks → with marks
  await Promise.all(segments.map(segment => Promise.all(chars.slice(1).map(async (second, n) => {
    if (!segment.mayMark(chars[n], second)) return;
    const reader = await segment.reader("q", chars[n] + second);
    while (!reader.done()) {
      const words = reader.text(), printed = reader.text();
      if (!phrase.includes(words)) continue;
      if (!forms.has(words)) forms.set(words, new Set());
      forms.get(words).add(printed);
    }
  }))));
  const found = new Set(), all = Array.from(forms).sort((a, b) => b[0].length - a[0].length);
  for (const [words, printed] of all) {
    for (const one of printed) found.add(phrase.replaceAll(words, one));
  }
  // several marked words in one phrase: “两学一做”和“三严三实”
  let together = phrase;
  for (const [words, printed] of all) {
    const one = Array.from(printed)[0];
    if (together.includes(words)) together = together.replaceAll(words, one);
  }
  found.add(together);
  return Array.from(found);
}
