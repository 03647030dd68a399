import { createRequire } from "node:module";

import { gazetteCompare } from "../../../templates/compare/compare.mjs";

const vendored = "../../../templates/theme/assets/gazette/compare/diff.min.js";
export const { diffArrays } = createRequire(import.meta.url)(vendored);

const SIGNS = { "=": "", "-": "-", "+": "+" };
export const write = parts => parts.map(([sign, text]) => (sign === "=" ? text : `[${SIGNS[sign]}${text}]`)).join("");

/* A text as blocks: a line is "anchor text". */
export const blocks = text => text.trim().split("\n").map(line => {
  const [, anchor, words] = /^\s*(\S+) (.*)$/.exec(line);
  return [anchor, "paragraph", words];
});

/* Compares two texts; a row is "anchor anchor: words [-deleted] [+added]". */
export function rows(one, other) {
  return gazetteCompare(one, other, diffArrays).rows
    .map(({ left, right, parts }) => `${left ? left.anchor : "·"} ${right ? right.anchor : "·"}: ${write(parts)}`);
}
