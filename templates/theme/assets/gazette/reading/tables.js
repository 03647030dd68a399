/* A table wider than the screen says how many columns are still to come. */
(() => {
  "use strict";
  if (!document.getElementById("official")) return;

  /** Count the columns of which the right edge is out of sight, in the row with the most cells. */
  const hidden = (frame, table) => {
    const rows = [...table.rows].slice(0, 6); // heads of several rows, and the first of the body
    const row = rows.reduce((a, b) => (b.cells.length > a.cells.length ? b : a), rows[0]);
    const edge = frame.getBoundingClientRect().right + 2;
    return row ? [...row.cells].filter((cell) => cell.getBoundingClientRect().right > edge).length : 0;
  };

  addEventListener("load", () => { // Material has put the tables into frames
    for (const frame of document.querySelectorAll(".official .md-typeset__scrollwrap")) {
      const table = frame.querySelector("table");
      if (!table) continue;
      const outer = document.createElement("div");
      outer.className = "table-frame";
      frame.before(outer);
      outer.append(frame);
      const say = () => {
        const more = frame.scrollWidth > frame.clientWidth + 1 ? hidden(frame, table) : 0;
        if (more) outer.dataset.more = String(more);
        else delete outer.dataset.more;
        outer.toggleAttribute("data-wide", frame.scrollWidth > frame.clientWidth + 1);
      };
      frame.addEventListener("scroll", say, { passive: true });
      new ResizeObserver(say).observe(frame);
    }
  });
})();
