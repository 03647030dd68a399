/* Reads document numbers (发文字号) as people type them.

   In: a folded query. Out: {code, key, year}: the issuer code (川府发), the key of the number in
   the table of numbers (2016.55; 0.706 without a year), and the year if there is one. */

/* The forms of a number, tried in order: regular expressions or their sources, with the groups
   code, serial and, if the form has a year, year. */
export const NUMBER_FORMS = [
  // 川府发[2016]55号, 川府发2016 55, 川府发2016年第055号
  /^(?<code>\D*?)\s*[[(<]?\s*(?<year>(?:19|20)\d\d)\s*(?:[\])>]|年|\s|-)\s*第?\s*0*(?<serial>\d{1,5})\s*号?$/,
  // 国令706, 国务院令第706号
  /^(?<code>\D*?(?:令|公告|通告))\s*第?\s*0*(?<serial>\d{1,5})\s*号?$/,
  // 第706号国务院令
  /^第?\s*0*(?<serial>\d{1,5})\s*号\s*(?<code>\D+(?:令|公告))$/
];

export function readNumber(text, forms = NUMBER_FORMS) {
  for (const form of forms) {
    const found = new RegExp(form).exec(text);
    if (!found) continue;
    const { code, year, serial } = found.groups;
    return year ? { code: code.replace(/\s/g, ""), key: year + "." + serial, year }
      : { code, key: "0." + serial };
  }
  return null;
}

/* Gives the code as documents print it: 国令 → 国务院令. */
export function spelledOut(code) {
  return code.replace(/^中华人民共和国/, "").replace(/^国令$/, "国务院令");
}

/* Gives the number as documents print it; a passage that cites the number contains this text. */
export function printedNumber(number) {
  const serial = number.key.split(".")[1] + "号";
  const year = number.year ? "〔" + number.year + "〕" : "第";
  return number.code && spelledOut(number.code) + year + serial;
}

/* Compares a typed code with that of a document: 1 the same, 0.5 its end or no code, 0 another. */
export function sameCode(typed, code) {
  const short = spelledOut(typed);
  if (short === code) return 1;
  return !short || code.endsWith(short) ? 0.5 : 0;
}
