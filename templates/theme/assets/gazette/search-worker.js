/* Answers Material's search box: every text that contains what was typed, and no other.

   The box speaks a small protocol: SETUP with the index, READY; QUERY with a string, RESULT with
   items, each a page's article followed by its parts. Runs as a Worker over http and inside the
   iframe-worker shim on file://. The search itself knows nothing of Material: see find(). */
"use strict";

var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
var SNIPPET = 60; // characters of context on each side of the first hit
var LIMIT = 100; // pages shown
var pages = [];

/* One character as it is compared: width, case, kinds of brackets, quotation marks and dashes. */
var UNIFIED = {
  "〔": "[", "【": "[", "﹝": "[", "［": "[", "〕": "]", "】": "]", "﹞": "]", "］": "]",
  "“": "\"", "”": "\"", "‘": "'", "’": "'", "《": "<", "〈": "<", "》": ">", "〉": ">",
  "—": "-", "–": "-", "－": "-", "～": "~"
};
var HIDDEN = /[^\S\n]|[\u00ad\u200b-\u200f\u2060\ufeff]/;

function foldCharacter(char) {
  if (HIDDEN.test(char)) return "";
  if (UNIFIED[char]) return UNIFIED[char];
  var wide = char.normalize("NFKC");
  return (wide.length === char.length ? wide : char).toLowerCase();
}

/* A text as it is compared (a line end parts paragraphs, which no phrase crosses), and where each of its characters stands in the text. */
function fold(text) {
  var folded = "", places = [];
  for (var n = 0; n < text.length; n++) {
    var char = foldCharacter(text[n]);
    for (var m = 0; m < char.length; m++) places.push(n);
    folded += char;
  }
  return { text: folded, places: places };
}

/* The phrases of a query: blanks part them, quotation marks keep them together. */
function phrasesOf(query) {
  var found = [];
  (query.match(/"[^"]+"|“[^”]+”|[^\s"“”]+/g) || []).forEach(function (piece) {
    var phrase = fold(piece.replace(/^["“]|["”]$/g, "")).text.replace(/\n/g, "");
    if (phrase && found.indexOf(phrase) < 0) found.push(phrase);
  });
  return found;
}

function countIn(text, phrase) {
  var count = 0, at = text.indexOf(phrase);
  while (at >= 0) {
    count++;
    at = text.indexOf(phrase, at + phrase.length);
  }
  return count;
}

/* Pages that hold every phrase, best first, each with the parts that hold any. */
function find(query) {
  var phrases = phrasesOf(query);
  if (!phrases.length) return [];
  var hits = [];
  pages.forEach(function (page, order) {
    var counts = phrases.map(function () { return 0; }), inTitle = 0, parts = [];
    page.parts.forEach(function (part, place) {
      var own = 0;
      phrases.forEach(function (phrase, n) {
        var title = countIn(part.title.text, phrase), text = countIn(part.text.text, phrase);
        counts[n] += title + text;
        own += title + text;
        if (place === 0 && title) inTitle++;
      });
      if (own) parts.push({ part: part, count: own });
    });
    if (counts.some(function (count) { return !count; })) return;
    var total = counts.reduce(function (a, b) { return a + b; }, 0);
    hits.push({ page: page, order: order, parts: parts, score: 8 * inTitle + total / (total + 4) });
  });
  hits.sort(function (a, b) { return b.score - a.score || a.order - b.order; });
  return hits.slice(0, LIMIT).map(function (hit) { hit.phrases = phrases; return hit; });
}

function escapeText(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/* The stretches [from, to) of a text that a phrase covers, merged and in order. */
function rangesOf(folded, phrases) {
  var ranges = [];
  phrases.forEach(function (phrase) {
    var at = folded.text.indexOf(phrase);
    while (at >= 0) {
      ranges.push([folded.places[at], folded.places[at + phrase.length - 1] + 1]);
      at = folded.text.indexOf(phrase, at + phrase.length);
    }
  });
  ranges.sort(function (a, b) { return a[0] - b[0]; });
  return ranges.reduce(function (merged, range) {
    var last = merged[merged.length - 1];
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push(range);
    return merged;
  }, []);
}

function mark(raw, ranges, from, to) {
  var html = "", at = from;
  ranges.forEach(function (range) {
    if (range[1] <= from || range[0] >= to) return;
    html += escapeText(raw.slice(at, Math.max(range[0], from)));
    html += "<mark>" + escapeText(raw.slice(Math.max(range[0], from), Math.min(range[1], to))) + "</mark>";
    at = Math.min(range[1], to);
  });
  return html + escapeText(raw.slice(at, to));
}

function snippet(part, phrases) {
  var ranges = rangesOf(part.text, phrases), raw = part.rawText;
  if (!ranges.length) return mark(raw, [], 0, Math.min(raw.length, SNIPPET));
  var from = Math.max(0, ranges[0][0] - SNIPPET), to = Math.min(raw.length, ranges[0][1] + SNIPPET);
  return (from ? "…" : "") + mark(raw, ranges, from, to) + (to < raw.length ? "…" : "");
}

/* What Material's box draws: the page first, then its parts; ?h= takes the terms. */
function toItems(hits) {
  return hits.map(function (hit) {
    var terms = {};
    hit.phrases.forEach(function (phrase) { terms[phrase] = true; });
    function entry(part, score) {
      return {
        location: part.location,
        title: mark(part.rawTitle, rangesOf(part.title, hit.phrases), 0, part.rawTitle.length),
        text: snippet(part, hit.phrases),
        score: score,
        terms: terms
      };
    }
    var article = hit.page.parts[0];
    var rest = hit.parts.filter(function (found) { return found.part !== article; });
    rest.sort(function (a, b) { return b.count - a.count; });
    // a part scores a little higher than its page, so that it is shown opened
    return [entry(article, 1)].concat(rest.map(function (found, n) {
      return entry(found.part, n < 3 ? 2 : 0.5);
    }));
  });
}

function setUp(documents) {
  var byPage = {};
  pages = [];
  documents.forEach(function (entry) {
    var name = entry.location.split("#")[0];
    if (!byPage[name]) pages.push(byPage[name] = { name: name, parts: [] });
    byPage[name].parts.push({
      location: entry.location, rawTitle: entry.title, rawText: entry.text,
      title: fold(entry.title), text: fold(entry.text)
    });
  });
}

addEventListener("message", function (event) {
  var message = event.data;
  if (message.type === SETUP) {
    setUp(message.data.docs);
    postMessage({ type: READY });
  } else if (message.type === QUERY) {
    postMessage({ type: RESULT, data: { items: toItems(find(message.data)) } });
  }
});
