/* Decodes the contents of the files of search/: base64, varints, deflated JSON (docs/search.md).

   In: the text or the bytes of a value. Out: integers, texts, JavaScript values. */

export function bytesOf(base64) {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let n = 0; n < text.length; n++) bytes[n] = text.charCodeAt(n);
  return bytes;
}

/* Reads bytes from the first to the last: varints, and texts, each after its length. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    let value = 0, factor = 1, byte;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * factor;
      factor *= 128; // a shift would end at 32 bits
    } while (byte > 127);
    return value;
  }

  slice(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() { return new TextDecoder().decode(this.slice(this.number())); }

  done() { return this.at >= this.bytes.length; }
}

/* Reads a list of ascending integers, which is stored as their differences. */
export function readAscending(bytes) {
  const reader = new Reader(bytes), found = new Uint32Array(bytes.length);
  let count = 0, value = 0;
  while (!reader.done()) found[count++] = value += reader.number();
  return found.slice(0, count);
}

export async function inflate(base64) {
  const deflated = new Blob([bytesOf(base64)]).stream();
  const stream = deflated.pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}
