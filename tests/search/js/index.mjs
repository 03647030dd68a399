/* The index that pytest builds for these tests (tests/search/test_engine_modules.py). */

import { readFileSync } from "node:fs";

export const FOLDER = process.env.GAZETTE_TEST_SITE; // a site of one small issue
export const SKIPPED = FOLDER ? false : "run by pytest, which builds an index";

export async function load(path) {
  const text = readFileSync(FOLDER + "/search/" + path + ".js", "ascii");
  return JSON.parse(/^gazette_part\("[^"]*",([\s\S]*)\);\s*$/.exec(text)[1]);
}
