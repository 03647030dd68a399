/* Material opens its box at an address with ?q=. On search/index.html the page itself answers, so
   the address is hidden while Material starts; this stands before its scripts. */
"use strict";

if (/[?&]q=/.test(location.search)) {
  self.gazetteAddress = location.search;
  history.replaceState(history.state, "", location.pathname + location.hash);
  addEventListener("load", function () {
    setTimeout(function () {
      if (!location.search) history.replaceState(history.state, "", self.gazetteAddress + location.hash);
    }, 100);
  });
}
