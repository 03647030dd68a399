/* Finds every document that contains what was typed, and no other, in the files of search/.

   gazetteSearch(load) gives an engine; load(path, fresh) gives the payload of one file of search/.
   docs/search.md describes the files. The engine knows nothing of pages, boxes or Material. */
"use strict";

var gazetteSearch = (function () {
  var FORMAT = "gazette-search/1";
  var CONTEXT = 48; // characters of a snippet on each side of the hit
  var VERIFY = 4; // so few candidates are looked at in the text itself, which is shown anyway
  var LONGEST = 40; // characters of a phrase that is taken apart when it is not found
  var TOO_SHORT = /^(?:.|[a-z]{2})$/su; // of its pieces: one sign, two letters of a longer word
  var CACHED = 3000000; // decoded offsets kept
  var OWN_NUMBER = 40, IN_TITLE = 8, NEARBY = 1000;

  // --- bytes ---------------------------------------------------------------------------------

  function bytesOf(base64) {
    var text = atob(base64), bytes = new Uint8Array(text.length);
    for (var n = 0; n < text.length; n++) bytes[n] = text.charCodeAt(n);
    return bytes;
  }

  function Reader(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  Reader.prototype.number = function () {
    var value = 0, factor = 1, byte;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    return value;
  };
  Reader.prototype.text = function () {
    var length = this.number(), from = this.at;
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(from, this.at));
  };
  Reader.prototype.done = function () { return this.at >= this.bytes.length; };

  function ascending(bytes) {
    var reader = new Reader(bytes), found = new Uint32Array(bytes.length), count = 0, value = 0;
    while (!reader.done()) found[count++] = value += reader.number();
    return found.slice(0, count);
  }

  async function inflate(base64) {
    var stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  function compare(one, other) { // by code points, as the tables are sorted
    var a = Array.from(one), b = Array.from(other), least = Math.min(a.length, b.length);
    for (var n = 0; n < least; n++) {
      var difference = a[n].codePointAt(0) - b[n].codePointAt(0);
      if (difference) return difference;
    }
    return a.length - b.length;
  }

  /* The last place whose value is not above what is wanted; -1 when all are. */
  function placeOf(values, wanted, order) {
    var low = 0, high = values.length;
    while (low < high) {
      var middle = low + high >> 1;
      if (order(values[middle], wanted) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
  function byNumber(a, b) { return a - b; }

  // --- the fold: the same as generator/search/fold.py ------------------------------------------

  function makeFold(data) {
    var table = new Map(), simplified = Array.from(data[1]), unified = data[2], compared = data[3];
    var dropped = new RegExp(data[4], "u"), blank = new RegExp(data[5], "u");
    var traditional = new Map(Array.from(data[0]).map(function (char, n) { return [char, simplified[n]]; }));
    var kinds = new Map();
    Object.keys(unified).forEach(function (one) {
      Array.from(unified[one]).forEach(function (kind) { kinds.set(kind, one); });
    });

    function single(text, char) { return Array.from(text).length === 1 ? text : char; }

    function character(char) {
      if (kinds.has(char)) return kinds.get(char);
      var code = char.codePointAt(0);
      if (compared.some(function (range) { return range[0] <= code && code <= range[1]; })) {
        char = single(char.normalize("NFKC"), char);
        char = single(char.toLowerCase(), char);
        char = kinds.get(char) || char;
      }
      return traditional.get(char) || char;
    }

    function known(char) {
      var folded = table.get(char);
      if (folded === undefined) {
        folded = dropped.test(char) ? "" : blank.test(char) || char === "\n" ? " " : character(char);
        table.set(char, folded);
      }
      return folded;
    }

    /* The folded characters of a text, and where in the text each begins. */
    return function (text) {
      var chars = [], places = [], at = 0, blankAt = -1;
      for (var raw of text) {
        var folded = known(raw);
        if (folded === " ") {
          if (blankAt < 0) blankAt = at;
        } else if (folded) {
          if (blankAt >= 0 && chars.length && /[0-9a-z]/.test(chars[chars.length - 1]) && /[0-9a-z]/.test(folded)) {
            chars.push(" ");
            places.push(blankAt);
          }
          blankAt = -1;
          chars.push(folded);
          places.push(at);
        }
        at += raw.length;
      }
      places.push(text.length);
      return { chars: chars, places: places };
    };
  }

  // --- one segment ---------------------------------------------------------------------------

  function Segment(dir, head, load) {
    this.dir = dir;
    this.load = function (name) { return load(dir + "/" + name); };
    this.starts = ascending(bytesOf(head.starts));
    this.length = head.length;
    this.small = head.documents < 600; // likely to lack a phrase: one list is asked for before the next
    this.names = head.names;
    this.pieces = ascending(bytesOf(head.pieces));
    this.first = {};
    for (var table in head.tables) this.first[table] = head.tables[table] ? head.tables[table].split("\n") : [];
    this.facts = [];
    var reader = new Reader(bytesOf(head.facts));
    for (var n = 0; n < head.documents; n++) {
      this.facts.push({
        title: reader.number(), day: reader.number(), year: reader.number(), gazette: reader.number(),
        issue: reader.number(), issuer: reader.number(), type: reader.number()
      });
    }
    this.shards = new Map();
    this.lists = new Map();
    this.held = 0;
    this.texts = new Map();
  }

  Segment.prototype.documentAt = function (offset) { return placeOf(this.starts, offset, byNumber); };
  Segment.prototype.lengthOf = function (document) {
    return (document + 1 < this.starts.length ? this.starts[document + 1] : this.length) - this.starts[document];
  };

  /* The value of a key in one of the tables; null when the table has no such key. */
  Segment.prototype.value = async function (table, key) {
    var place = placeOf(this.first[table], key, compare);
    if (place < 0) return null;
    var name = table + place;
    if (!this.shards.has(name)) this.shards.set(name, this.load(name).then(readShard));
    try {
      return (await this.shards.get(name)).get(key) || null;
    } catch (error) {
      this.shards.delete(name);
      throw error;
    }
  };

  function readShard(base64) {
    var reader = new Reader(bytesOf(base64)), entries = new Map(), before = [];
    while (!reader.done()) {
      var key = before.slice(0, reader.number()), more = reader.number();
      while (more--) key.push(String.fromCodePoint(reader.number()));
      var length = reader.number();
      entries.set(key.join(""), reader.bytes.subarray(reader.at, reader.at += length));
      before = key;
    }
    return entries;
  }

  /* The ascending offsets of a bigram. */
  Segment.prototype.offsets = async function (gram) {
    var list = this.lists.get(gram);
    if (!list) {
      var bytes = await this.value("g", gram);
      list = bytes ? ascending(bytes) : new Uint32Array(0);
      this.held += list.length;
      if (this.held > CACHED) {
        this.lists.clear();
        this.held = list.length;
      }
      this.lists.set(gram, list);
    }
    return list;
  };

  /* The offsets at which a phrase of two characters or more stands. */
  Segment.prototype.find = async function (phrase, fold) {
    var chars = Array.from(phrase), wanted = [], self = this;
    for (var n = 0; n < chars.length - 1; n += 2) wanted.push(n);
    if (chars.length % 2) wanted.push(chars.length - 2);
    var order = wanted.length > 2 ? [wanted[0], wanted[wanted.length - 1]].concat(wanted.slice(1, -1)) : wanted;
    function list(place) { return self.offsets(chars[place] + chars[place + 1]); }
    var lists = this.small ? [await list(order[0])] : await Promise.all(order.slice(0, 2).map(list));
    var found = lists[0];
    if (this.small && found.length && order.length > 1) lists.push(await list(order[1]));
    if (!found.length) return found;
    if (order.length > 1) found = intersect(lists[0], order[0], lists[1], order[1]);
    for (n = 2; n < order.length && found.length; n++) {
      if (found.length <= VERIFY && order.length - n > 1) return this.verified(found, chars, fold);
      found = intersect(found, 0, await list(order[n]), order[n]);
    }
    return found;
  };

  /* The offsets minus their places in the phrase that two lists have in common. */
  function intersect(one, first, other, second) {
    var found = new Uint32Array(Math.min(one.length, other.length)), count = 0, a = 0, b = 0;
    while (a < one.length && b < other.length) {
      var difference = one[a] - first - (other[b] - second);
      if (difference < 0) a++;
      else if (difference > 0) b++;
      else {
        found[count++] = one[a++] - first;
        b++;
      }
    }
    return found.slice(0, count);
  }

  Segment.prototype.verified = async function (offsets, chars, fold) {
    var kept = [];
    for (var offset of offsets) {
      var passage = await this.passageAt(offset, fold), from = offset - passage.offset;
      if (chars.every(function (char, n) { return passage.folded.chars[from + n] === char; })) kept.push(offset);
    }
    return Uint32Array.from(kept);
  };

  /* The piece of text that holds an offset: its passages with their folded forms. */
  Segment.prototype.piece = async function (place, fold) {
    if (!this.texts.has(place)) {
      if (this.texts.size > 60) this.texts.clear();
      this.texts.set(place, this.load("t" + place).then(inflate));
    }
    try {
      var parts = await this.texts.get(place);
    } catch (error) {
      this.texts.delete(place);
      throw error;
    }
    if (!parts.passages) {
      var offset = this.pieces[place], passages = [];
      parts.forEach(function (part) {
        var unit = part[1];
        part[2].forEach(function (passage) {
          var folded = fold(passage[1]);
          unit = passage[2] || unit;
          passages.push({
            offset: offset, facts: part[0], anchor: passage[0], text: passage[1], unit: unit,
            begins: !!passage[2], folded: folded
          });
          offset += folded.chars.length + 1;
        });
      });
      parts.passages = passages;
    }
    return parts.passages;
  };

  Segment.prototype.passageAt = async function (offset, fold) {
    var passages = await this.piece(placeOf(this.pieces, offset, byNumber), fold);
    return passages[placeOf(passages, offset, function (passage, wanted) { return passage.offset - wanted; })];
  };

  // --- queries -------------------------------------------------------------------------------

  /* A document's number however it is typed: 川府发〔2016〕55号, 川府发2016 55, 国令706, 第706号国务院令. */
  function readNumber(text) {
    var found = /^(\D*?)\s*[[(<]?\s*((?:19|20)\d\d)\s*(?:[\])>]|年|\s|-)\s*第?\s*0*(\d{1,5})\s*号?$/.exec(text);
    if (found) return { code: found[1].replace(/\s/g, ""), key: found[2] + "." + found[3], year: found[2] };
    found = /^(\D*?(?:令|公告|通告))\s*第?\s*0*(\d{1,5})\s*号?$/.exec(text);
    if (found) return { code: found[1], key: "0." + found[2] };
    found = /^第?\s*0*(\d{1,5})\s*号\s*(\D+(?:令|公告))$/.exec(text);
    return found ? { code: found[2], key: "0." + found[1] } : null;
  }

  function spelledOut(code) {
    return code.replace(/^中华人民共和国/, "").replace(/^国令$/, "国务院令");
  }

  /* The same number as documents print it: what cites it holds this. */
  function printedNumber(number) {
    var serial = number.key.split(".")[1] + "号";
    return number.code && spelledOut(number.code) + (number.year ? "〔" + number.year + "〕" : "第") + serial;
  }

  function sameCode(typed, code) {
    var short = spelledOut(typed);
    if (short === code) return 1;
    return !short || code.endsWith(short) ? 0.5 : 0;
  }

  function escapeText(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  function findAll(chars, phrase) { // places of a phrase in folded characters
    var wanted = Array.from(phrase), found = [];
    for (var n = 0; n + wanted.length <= chars.length; n++) {
      var m = 0;
      while (m < wanted.length && chars[n + m] === wanted[m]) m++;
      if (m === wanted.length) found.push(n);
    }
    return found;
  }

  /* [from, to) stretches of the printed text that phrases cover, merged. */
  function rangesOf(folded, phrases) {
    var ranges = [];
    phrases.forEach(function (phrase) {
      var length = Array.from(phrase).length;
      findAll(folded.chars, phrase).forEach(function (place) {
        // up to the character behind the last one, or its end where blanks follow
        var last = folded.places[place + length - 1];
        ranges.push([folded.places[place], Math.min(folded.places[place + length], last + 2)]);
      });
    });
    ranges.sort(function (a, b) { return a[0] - b[0]; });
    return ranges.reduce(function (merged, range) {
      var last = merged[merged.length - 1];
      if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
      else merged.push(range.slice());
      return merged;
    }, []);
  }

  function trimRange(text, range) { // a blank or half a surrogate behind the last character is no part
    while (range[1] > range[0] + 1 && /[\s\u3000]$/.test(text.slice(range[0], range[1]))) range[1]--;
    if (/[\ud800-\udbff]$/.test(text.slice(range[0], range[1]))) range[1]--;
    return range;
  }

  function marked(text, ranges, from, to) {
    var html = "", at = from;
    ranges.forEach(function (range) {
      var start = Math.max(range[0], from), end = Math.min(range[1], to);
      if (start >= end) return;
      html += escapeText(text.slice(at, start)) + "<mark>" + escapeText(text.slice(start, end)) + "</mark>";
      at = end;
    });
    return html + escapeText(text.slice(at, to));
  }

  function showPassage(passage, phrases, place) {
    var ranges = rangesOf(passage.folded, phrases).map(function (r) { return trimRange(passage.text, r); });
    var at = place === undefined ? (ranges[0] || [0])[0] : passage.folded.places[place] || 0;
    var hit = ranges.find(function (r) { return r[1] > at; }) || [at, at];
    var from = Math.max(0, hit[0] - CONTEXT), to = Math.min(passage.text.length, hit[1] + CONTEXT);
    if (/[\udc00-\udfff]/.test(passage.text[from] || "")) from--;
    if (/[\ud800-\udbff]/.test(passage.text[to - 1] || "")) to++;
    return {
      anchor: passage.anchor,
      unit: passage.unit,
      begins: passage.begins, // the unit with these very words
      snippet: (from ? "…" : "") + marked(passage.text, ranges, from, to) + (to < passage.text.length ? "…" : ""),
      printed: hit[1] > hit[0] ? passage.text.slice(hit[0], hit[1]) : ""
    };
  }

  // --- the engine ----------------------------------------------------------------------------

  return function (load) {
    var ready = null, fold = null, pinyin = null, page = true, answers = new Map();

    async function sure(path) {
      try {
        return await load(path, false);
      } catch (error) {
        return load(path, true); // one more try, past the cache
      }
    }

    async function open(fresh) {
      var manifest = await (fresh ? load("manifest", true) : sure("manifest"));
      page = manifest.page;
      if (manifest.format !== FORMAT) throw new Error("检索文件的格式不符");
      if (!fold) fold = makeFold(await inflate(manifest.fold));
      answers.clear();
      return Promise.all(manifest.segments.map(async function (segment) {
        return new Segment(segment.dir, segment.head || await sure(segment.dir + "/head"), sure);
      }));
    }

    function segments(fresh) {
      if (fresh || !ready) {
        ready = open(fresh);
        ready.catch(function () { ready = null; });
      }
      return ready;
    }

    function foldText(text) { return fold(text).chars.join(""); }

    /* The phrases of a query: blanks part them, quotation marks round a piece keep it together.
       Marks inside a piece (的“十三五”规划) are characters like others. */
    function phrasesOf(query) {
      var found = [], at = 0;
      while (at < query.length) {
        var rest = query.slice(at), quoted = /^(?:"([^"]+)"|“([^”]+)”)(?=\s|$)/.exec(rest);
        var piece = quoted ? quoted[0] : /^(?:\s+|\S+)/.exec(rest)[0];
        var phrase = foldText(quoted ? quoted[1] || quoted[2] : piece);
        if (phrase && found.indexOf(phrase) < 0) found.push(phrase);
        at += piece.length;
      }
      return found;
    }

    /* Documents that hold a phrase: in each segment a map from document to its hits there. */
    async function holding(all, phrase) {
      return Promise.all(all.map(async function (segment) {
        var hits = new Map();
        if (Array.from(phrase).length === 1) {
          var bytes = await segment.value("g", phrase), reader = new Reader(bytes || new Uint8Array(0)), document = 0;
          while (!reader.done()) {
            document += reader.number();
            hits.set(document, { count: 1, places: [segment.starts[document] + reader.number()] });
          }
          return hits;
        }
        var next = 0, own = -1, current = null;
        (await segment.find(phrase, fold)).forEach(function (offset) {
          if (offset >= next) {
            own = segment.documentAt(offset);
            next = segment.starts[own] + segment.lengthOf(own);
            hits.set(own, current = { count: 0, places: [] });
          }
          current.count++;
          if (current.places.length < 12) current.places.push(offset);
        });
        return hits;
      }));
    }

    /* Documents that hold every phrase, with their score. */
    function rank(all, phrases, held, optional) {
      var found = [];
      all.forEach(function (segment, s) {
        var average = segment.length / Math.max(segment.starts.length, 1);
        var documents = new Set();
        held.forEach(function (maps) { maps[s].forEach(function (_, document) { documents.add(document); }); });
        documents.forEach(function (document) {
          var facts = segment.facts[document], start = segment.starts[document], score = 0, places = [], matched = 0;
          held.forEach(function (maps, n) {
            var hits = maps[s].get(document), length = Array.from(phrases[n]).length;
            if (!hits) return;
            matched++;
            var relative = 0.25 + 0.75 * segment.lengthOf(document) / average;
            score += hits.count / (hits.count + 1.2 * relative);
            if (hits.places[0] < start + facts.title) score += IN_TITLE + 4 * Math.min(1, length / facts.title);
            if (optional) score += 3 * length;
            places = places.concat(hits.places);
          });
          if (!optional && matched < held.length) return;
          found.push({
            segment: segment, order: s, document: document, score: score + facts.day / 1e6, facts: facts,
            places: places, matched: matched
          });
        });
      });
      return found;
    }

    async function ownNumbers(all, number) {
      var found = [];
      await Promise.all(all.map(async function (segment, s) {
        var reader = new Reader(await segment.value("n", number.key) || new Uint8Array(0));
        while (!reader.done()) {
          var document = reader.number(), likeness = sameCode(number.code, reader.text());
          if (likeness) found.push({ segment: segment, order: s, document: document, likeness: likeness });
        }
      }));
      return found;
    }

    /* Search by reading: pinyin in full, else initials. */
    async function readings(all, letters, deep) {
      if (!pinyin) {
        var data = await inflate(await sure("pinyin")), syllables = {}, initials = {};
        Object.keys(data).forEach(function (syllable) {
          syllables[syllable] = Array.from(data[syllable]);
          var letter = syllable[0];
          (initials[letter] = initials[letter] || new Set());
          syllables[syllable].forEach(function (char) { initials[letter].add(char); });
        });
        Object.keys(initials).forEach(function (letter) { initials[letter] = Array.from(initials[letter]); });
        pinyin = { y: syllables, i: initials };
      }
      var splits = splitSyllables(letters, pinyin.y);
      var named = await occurring(all, (await namesRead(all, letters)).map(function (name) {
        return { text: name, least: 0, sum: 0 };
      }), 8);
      var found = [];
      for (var split of splits) found = found.concat(await chains(all, "y", split));
      found = await occurring(all, found, 12);
      if (!found.length && !(named.length && !deep) && letters.length > 1 && letters.length <= 12 && /^[a-z]+$/.test(letters)) {
        found = await occurring(all, await chains(all, "i", letters.split("")), deep ? 150 : 16);
      }
      return named.concat(found).slice(0, deep ? 60 : 5);
    }

    /* People whose names are spelt so, in full or by their initials. */
    async function namesRead(all, letters) {
      var names = new Set();
      await Promise.all(all.map(async function (segment) {
        var reader = new Reader(await segment.value("w", letters) || new Uint8Array(0));
        while (!reader.done()) names.add(reader.text());
      }));
      return Array.from(names);
    }

    function splitSyllables(letters, syllables) {
      var found = [];
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
        for (var length = Math.min(6, letters.length - at); length; length--) {
          var part = letters.substr(at, length).replace("ü", "v");
          if (syllables[part]) walk(at + length, parts.concat(part));
        }
      })(0, []);
      return found.filter(function (parts) { return parts.length > 1 && parts.length <= 12; })
        .sort(function (a, b) { return a.length - b.length; }).slice(0, 4);
    }

    /* Phrases whose characters are read so, the likeliest first: chains of bigrams that occur. */
    async function chains(all, table, keys) {
      var pairs = await Promise.all(keys.slice(1).map(async function (key, n) {
        var bigrams = new Map(), firsts = pinyin[table][keys[n]], seconds = pinyin[table][key];
        if (!firsts || !seconds) return bigrams;
        await Promise.all(all.map(async function (segment) {
          var reader = new Reader(await segment.value(table, keys[n] + " " + key) || new Uint8Array(0));
          while (!reader.done()) {
            var gram = firsts[reader.number()] + seconds[reader.number()], weight = reader.number() + 1;
            bigrams.set(gram, Math.max(bigrams.get(gram) || 0, weight));
          }
        }));
        return bigrams;
      }));
      var beam = [];
      pairs[0].forEach(function (weight, gram) { beam.push({ text: gram, least: weight, sum: weight }); });
      for (var n = 1; n < pairs.length; n++) {
        var byFirst = new Map();
        pairs[n].forEach(function (weight, gram) {
          var chars = Array.from(gram);
          if (!byFirst.has(chars[0])) byFirst.set(chars[0], []);
          byFirst.get(chars[0]).push([chars[1], weight]);
        });
        var longer = [];
        beam.forEach(function (state) {
          (byFirst.get(Array.from(state.text).pop()) || []).forEach(function (next) {
            longer.push({
              text: state.text + next[0], least: Math.min(state.least, next[1]), sum: state.sum + next[1]
            });
          });
        });
        beam = best(longer, 3000);
      }
      return best(beam, 400);
    }

    function best(states, count) {
      return states.sort(function (a, b) {
        return b.least + b.sum / 20 - a.least - a.sum / 20 || (a.text < b.text ? -1 : 1);
      }).slice(0, count);
    }

    /* Those phrases that stand in some text, the most frequent first. */
    async function occurring(all, states, tries) {
      var found = [], seen = new Set();
      for (var state of best(states, states.length)) {
        if (seen.size >= tries) break;
        if (seen.has(state.text)) continue;
        seen.add(state.text);
        var maps = await holding(all, state.text), count = 0;
        maps.forEach(function (map) { map.forEach(function (hits) { count += hits.count; }); });
        if (count) found.push({ text: state.text, count: count, maps: maps });
      }
      return found.sort(function (a, b) { return b.count - a.count || (a.text < b.text ? -1 : 1); });
    }

    /* The longest pieces of a phrase that occur, from its beginning on. */
    async function piecesOf(all, phrase) {
      var chars = Array.from(phrase).slice(0, LONGEST), found = [], at = 0;
      while (at < chars.length - 1) {
        var end = at + 1, lists = await Promise.all(all.map(function (s) { return s.offsets(chars[at] + chars[at + 1]); }));
        var reached = 0;
        while (lists.some(function (list) { return list.length; })) {
          reached = ++end;
          if (end >= chars.length) break;
          var gram = chars[end - 1] + chars[end], shift = end - 1 - at;
          var following = await Promise.all(all.map(function (s) { return s.offsets(gram); }));
          lists = lists.map(function (list, n) { return intersect(list, 0, following[n], shift); });
        }
        if (reached) {
          found.push(chars.slice(at, reached).join(""));
          at = reached;
        } else at++;
      }
      return Array.from(new Set(found));
    }

    async function allowed(all, filter) {
      var sets = [];
      for (var table of [["a", filter.agency], ["m", filter.person]]) {
        if (!table[1]) continue;
        var name = foldText(table[1]);
        sets.push(await Promise.all(all.map(async function (segment) {
          var bytes = await segment.value(table[0], name);
          return new Set(bytes ? ascending(bytes) : []);
        })));
      }
      return function (hit) {
        var names = hit.segment.names, facts = hit.facts;
        return (!filter.gazette || names.gazettes[facts.gazette] === filter.gazette) &&
          (!filter.year || String(facts.year) === String(filter.year)) &&
          (!filter.issuer || names.issuers[facts.issuer].split(/[、\s]/).concat(names.issuers[facts.issuer]).indexOf(filter.issuer) >= 0) &&
          (!filter.type || names.types[facts.type] === filter.type) &&
          sets.every(function (set) { return set[hit.order].has(hit.document); });
      };
    }

    function facetsOf(hits) {
      var facets = { gazette: {}, year: {}, issuer: {}, type: {} };
      function count(facet, name) { if (name) facets[facet][name] = (facets[facet][name] || 0) + 1; }
      hits.forEach(function (hit) {
        var names = hit.segment.names, facts = hit.facts;
        count("gazette", names.gazettes[facts.gazette]);
        count("year", facts.year ? String(facts.year) : "");
        names.issuers[facts.issuer].split(/[、\s]/).forEach(function (name) { count("issuer", name); });
        count("type", names.types[facts.type]);
      });
      return facets;
    }

    async function match(all, query, deep) {
      var phrases = phrasesOf(query), note = null, held = [], hits = [];
      if (!phrases.length) return { phrases: [], hits: [], note: null };
      held = await Promise.all(phrases.map(function (phrase) { return holding(all, phrase); }));
      hits = rank(all, phrases, held, false);
      var number = readNumber(foldText(query));
      if (number) {
        var adds = phrases.length > 1 || !hits.length, printed = foldText(printedNumber(number));
        if (adds && printed) { // typed otherwise than printed: what cites it is found all the same
          var citing = rank(all, [printed], [await holding(all, printed)], false);
          if (citing.length) {
            hits = citing;
            phrases = [printed];
          }
        }
        (await ownNumbers(all, number)).forEach(function (own) {
          var hit = hits.find(function (h) { return h.segment === own.segment && h.document === own.document; });
          if (!hit && adds) {
            var facts = own.segment.facts[own.document];
            hits.push(hit = {
              segment: own.segment, order: own.order, document: own.document, facts: facts,
              score: facts.day / 1e6, places: [], number: true
            });
          }
          if (hit) hit.score += OWN_NUMBER * own.likeness;
        });
      }
      if (!hits.length && /^[a-zü'\s]+$/.test(query.toLowerCase()) && /[a-z]{2}/i.test(query)) {
        var read = await readings(all, query.toLowerCase().replace(/\s+/g, "'").replace(/^'+|'+$/g, ""), deep);
        if (read.length) {
          phrases = Array.from(new Set(read.map(function (r) { return r.text; })));
          note = { kind: "pinyin", phrases: phrases };
          var seen = new Set();
          read.forEach(function (r, n) { // the documents of the likeliest phrase first
            rank(all, [r.text], [r.maps], false).forEach(function (hit) {
              var key = hit.order + "." + hit.document;
              if (seen.has(key)) return;
              seen.add(key);
              hit.score += 100 * (read.length - n);
              hits.push(hit);
            });
          });
        }
      }
      if (!hits.length) {
        var pieces = [];
        for (var phrase of phrases) pieces = pieces.concat(await piecesOf(all, phrase));
        pieces = Array.from(new Set(pieces)).filter(function (piece) { return !TOO_SHORT.test(piece); });
        // pieces that make up the phrase without a gap are pieces, too
        if (pieces.length && pieces.join(" ") !== phrases.join(" ")) {
          held = await Promise.all(pieces.map(function (piece) { return holding(all, piece); }));
          hits = rank(all, pieces, held, false);
          if (!hits.length) hits = rank(all, pieces, held, true);
          note = { kind: "pieces", phrases: pieces };
          phrases = pieces;
        } else if (pieces.length && phrases.length > 1) {
          hits = rank(all, phrases, held, true);
          note = { kind: "pieces", phrases: phrases };
        }
      }
      return { phrases: phrases, hits: hits, note: note };
    }

    /* What the list shows of a hit: the passage in the title when nothing else, else the first below it. */
    async function show(hit, phrases, sections) {
      var segment = hit.segment, start = segment.starts[hit.document], title = await segment.passageAt(start, fold);
      var facts = title.facts, end = start + hit.facts.title, shown = [], seen = new Set();
      var places = hit.places.slice().sort(byNumber);
      var below = places.filter(function (place) { return place > end; });
      for (var place of below.length ? below : places.length ? places : [start]) {
        if (shown.length >= sections) break;
        var passage = await segment.passageAt(place, fold);
        if (seen.has(passage.offset)) continue;
        seen.add(passage.offset);
        shown.push(showPassage(passage, phrases, place - passage.offset));
      }
      // found by its number alone, which its text may print otherwise
      if (!hit.places.length) shown[0].snippet = "<mark>" + escapeText(facts[2]) + "</mark>";
      return {
        url: facts[0], title: facts[1], number: facts[2], date: facts[3], issuer: facts[4], type: facts[5],
        titleHtml: marked(facts[1], rangesOf(fold(facts[1]), phrases), 0, facts[1].length),
        anchor: shown[0].anchor, snippet: shown[0].snippet, sections: shown
      };
    }

    /* The same question again, as when a key is taken back, is answered from memory. */
    async function remembered(query, options, fresh) {
      var all = await segments(fresh), key = JSON.stringify([String(query), options]);
      if (!answers.has(key)) {
        if (answers.size > 200) answers.clear();
        answers.set(key, await run(all, query, options));
      }
      return answers.get(key);
    }

    async function run(all, query, options) {
      var found = await match(all, String(query), !options.quick), filter = options.filter || {};
      var test = await allowed(all, filter);
      var facets = options.facets ? facetsOf(found.hits) : null;
      var hits = found.hits.filter(test);
      hits.forEach(function (hit) {
        if (options.here && hit.segment.names.issues[hit.facts.issue] === options.here) {
          hit.score += NEARBY;
          var place = hit.document - hit.segment.facts.findIndex(function (f) { return f.issue === hit.facts.issue; });
          hit.here = place === options.place;
          if (hit.here) hit.score += NEARBY;
        }
      });
      hits.sort(function (a, b) {
        return b.score - a.score || b.facts.day - a.facts.day || a.order - b.order || a.document - b.document;
      });
      var from = options.offset || 0, limit = options.limit === undefined ? 10 : options.limit;
      var shown = await Promise.all(hits.slice(from, from + limit).map(async function (hit) {
        var result = await show(hit, found.phrases, hit.here ? 10 : options.sections || 1);
        result.here = !!hit.here;
        return result;
      }));
      return { total: hits.length, hits: shown, note: found.note, phrases: found.phrases, facets: facets, page: page };
    }

    return {
      /* {total, hits: [{url, anchor, title, snippet, …}], note, phrases}; options: limit, offset,
         quick (few readings of letters, for a box that asks at every key), sections, filter {gazette, year, issuer, type, agency, person}, facets, here, place. */
      search: async function (query, options) {
        try {
          return await remembered(query, options || {}, false);
        } catch (error) {
          return remembered(query, options || {}, true); // a new index may have taken the old one's place
        }
      },
      prefetch: function () { return segments(false).then(function () {}); },
      fold: async function (text) { await segments(false); return foldText(text); }
    };
  };
})();
