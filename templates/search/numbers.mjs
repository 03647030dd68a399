/* Reads document numbers (发文字号) as people type them.

   In: the forms of numbers, which the manifest holds (generator/language/document_numbers.py), and
   a folded query. Out: {code, key, printed}: the issuing code as documents print it (川府发), the
   key of the number in the table of numbers (2016.55; 0.706 without a year), and the number as
   documents print it, empty without a code. */

export function makeNumbers({ forms, state, short, series }) {
  const expressions = forms.map(([pattern, groups]) => [new RegExp(pattern), groups]);

  return function (text) {
    const compact = text.replace(/\s+/g, " ").trim();
    for (const [expression, groups] of expressions) {
      const found = expression.exec(compact);
      if (found) return describe(valuesOf(groups, found.slice(1)));
    }
    return null;
  };

  /* The pieces of a code are joined. */
  function valuesOf(groups, pieces) {
    const values = { code: "", year: "", serial: "" };
    groups.forEach((name, n) => { values[name] += (pieces[n] || "").replace(/\s/g, ""); });
    return values;
  }

  function describe({ code, year, serial }) {
    code = code.startsWith(state) ? code.slice(state.length) : code;
    code = short[code] || code;
    const whole = year.length === 2 ? "19" + year : year;
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
