/* The blocks of a document as pieces to compare: paragraphs, headings, rows of tables; and the pieces
   of an article together as one unit. */

const ARTICLE = /^(?:f\d+-)?a\d+(?:-b\d+)?(?=-|$)/; // the anchor of an article, or of a part of one
const WITHOUT_NUMBER = /(?:^|-)(?:p\d+|t\d+(?:-r\d+)?|title)$/; // anchors that no printed number made
const HEAD = /^第[〇零一二三四五六七八九十百千两\d]+条(?:之[一二三四五六七八九十]+)?[\s\u3000]*/;
const CELLS = "｜";

/* Gives {anchor, kind, text} of each paragraph, and of each row of a table that says anything. */
export function piecesOf(blocks) {
  return blocks.flatMap(([anchor, kind, text]) => kind === "table"
    ? text.map(row => ({ anchor, kind: "row", text: row.join(CELLS) })).filter(row => row.text.replaceAll(CELLS, ""))
    : [{ anchor, kind, text }]);
}

/* Groups pieces to units {key, text, bare, pieces}. The key is the printed number, the bare text has
   no number of an article in front: one that was only renumbered is still the same. */
export function unitsOf(pieces) {
  const units = [];
  let open = "";
  for (const piece of pieces) {
    const [article = ""] = piece.kind === "row" ? [] : ARTICLE.exec(piece.anchor) || [];
    if (article && article === open) units[units.length - 1].pieces.push(piece);
    else units.push({ key: keyOf(article || piece.anchor), pieces: [piece] });
    open = article;
  }
  for (const unit of units) {
    unit.text = unit.pieces.map(piece => piece.text).join("\n");
    unit.bare = unit.text.replace(HEAD, "");
  }
  return units;
}

/* Gives the pieces of one unit as units of their own, with what they are numbered inside it. */
export function partsOf(unit) {
  return unit.pieces.map(piece => ({
    key: keyOf(piece.anchor.replace(ARTICLE, "")), text: piece.text, bare: piece.text.replace(HEAD, ""), pieces: [piece]
  }));
}

function keyOf(anchor) {
  return WITHOUT_NUMBER.test(anchor) ? "" : anchor.replace(/^f\d+-/, "");
}
