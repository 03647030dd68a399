/* Reads document numbers (发文字号) as people type them.

   In: the forms of numbers, which the manifest holds (generator/language/document_numbers.py), and
   a folded query. Out: {code, key, printed}: the issuing code as documents print it (川府发), the
   key of the number in the table of numbers (2016.55; 0.706 without a year), and the number as
   documents print it, empty without a code. A number without its year (川府发55) has hasAnyYear.
   An issue of a gazette (总第227期, 2017年第1期) is read as {key, title, printed}. */

import { valueOf } from "./forms.mjs";

const COUNT = "([0-9]{1,4}|[〇零一二三四五六七八九十百]{1,7})";
const TOTAL = new RegExp(`^(.{0,20}?)\\(?总第?${COUNT}期\\)?$`);
const OF_YEAR = new RegExp(`^(.{0,20}?)([12][0-9]{3})年?第${COUNT}期(?:\\(总第?${COUNT}期\\))?$`);
const YEAR_IN_HAN = /[一二][〇零一二三四五六七八九]{3}(?=年)/;

/* Reads the number of an issue; title is what stands before it: the name of a gazette, or nothing. */
export function readIssue(folded) {
  const text = folded.replace(YEAR_IN_HAN, year =>
    year.replace(/./g, char => Math.max("〇一二三四五六七八九".indexOf(char), 0)));
  let found = OF_YEAR.exec(text);
  if (found && valueOf(found[3])) {
    const count = valueOf(found[3]);
    return { key: "e." + found[2] + "." + count, title: found[1], printed: found[1] + found[2] + "年第" + count + "期" };
  }
  found = TOTAL.exec(text);
  if (!found || !valueOf(found[2])) return null;
  return { key: "e." + valueOf(found[2]), title: found[1], printed: found[1] + "总第" + valueOf(found[2]) + "期" };
}

export function makeNumbers({ forms, yearless, state, short, series }) {
  const expressions = [...forms, yearless].map(([pattern, groups]) => [new RegExp(pattern), groups]);

  return function (text) {
    const compact = text.replace(/\s+/g, " ").trim();
    for (const [expression, groups] of expressions) {
      const found = expression.exec(compact);
      if (found) return describe(valuesOf(groups, found.slice(1)), expression.source === yearless[0]);
    }
    return null;
  };

  /* The pieces of a code are joined. */
  function valuesOf(groups, pieces) {
    const values = { code: "", year: "", serial: "" };
    groups.forEach((name, n) => { values[name] += (pieces[n] || "").replace(/\s/g, ""); });
    return values;
  }

  function describe({ code, year, serial }, hasAnyYear) {
    code = code.startsWith(state) ? code.slice(state.length) : code;
    code = short[code] || code;
    const whole = year.length === 2 ? "19" + year : year;
    if (hasAnyYear) return { code, serial, hasAnyYear, key: "-." + serial, printed: "" };
    return { code, key: (whole || "0") + "." + serial, printed: code && print(code, whole, serial) };
  }

  function print(code, year, serial) {
    if (!series.some(kind => code.endsWith(kind))) return code + "〔" + year + "〕" + serial + "号";
    return code + (year && year + "年") + "第" + serial + "号";
  }
}

/* How well a typed code fits that of a document: 1 the same, 0.5 its end or none, 0 another. */
export function sameCode(typed, code) {
  if (typed === code) return 1;
  return code.endsWith(typed) ? 0.5 : 0;
}
