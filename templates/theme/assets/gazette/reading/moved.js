/* An address that a document had before it got another: on to the new one, to the same paragraph. */
(() => {
  "use strict";
  const { to, anchors } = JSON.parse(document.getElementById("gazette-moved").textContent);
  const wanted = location.hash.slice(1); // an anchor is letters, digits, - and . alone
  const anchor = Object.hasOwn(anchors, wanted) ? anchors[wanted] : wanted;
  location.replace(to + location.search + (anchor ? `#${anchor}` : ""));
})();
