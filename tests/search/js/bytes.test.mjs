import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";

import { Reader, bytesOf, inflate, readAscending } from "../../../templates/search/bytes.mjs";

test("base64 gives bytes, those above 127 too", () => {
  assert.deepEqual([...bytesOf("AAH/gA==")], [0, 1, 255, 128]);
  assert.deepEqual([...bytesOf("")], []);
});

test("a varint has seven bits a byte, the low ones first", () => {
  const reader = new Reader(Uint8Array.of(0, 127, 0x80, 1, 0xac, 2));
  assert.deepEqual([reader.number(), reader.number(), reader.number(), reader.number()], [0, 127, 128, 300]);
  assert.ok(reader.done());
});

test("a varint above 32 bits is read whole", () => {
  // 2 ** 35
  assert.equal(new Reader(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 1)).number(), 2 ** 35);
});

test("a text follows its length in bytes, not in characters", () => {
  const text = new TextEncoder().encode("𠮷发");
  const reader = new Reader(Uint8Array.of(text.length, ...text, 5));
  assert.equal(reader.text(), "𠮷发");
  assert.equal(reader.number(), 5);
});

test("ascending numbers are read from the distances between them", () => {
  assert.deepEqual([...readAscending(Uint8Array.of(3, 4, 0x80, 1))], [3, 7, 135]);
  assert.deepEqual([...readAscending(new Uint8Array(0))], []);
});

test("deflated JSON is inflated", async () => {
  const value = { 字: ["一", 2, null] };
  assert.deepEqual(await inflate(deflateSync(JSON.stringify(value)).toString("base64")), value);
});

test("deflated data that is cut short is an error", async () => {
  const whole = deflateSync(JSON.stringify(["一".repeat(50)]));
  await assert.rejects(inflate(whole.subarray(0, 12).toString("base64")));
});
