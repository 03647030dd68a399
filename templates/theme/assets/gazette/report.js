/* 报错: each paragraph of a document offers a link to the office, the place and the text filled in.
   Made when a reader points at a paragraph or moves the focus into it, so pages carry nothing. */
"use strict";

(function () {
  var official = document.querySelector(".official[data-contact]");
  if (!official) return;
  var contact = official.dataset.contact, link = null;

  function address(block) {
    var place = location.href.split("#")[0] + "#" + block.id;
    var text = block.innerText.trim().slice(0, 300);
    var body = "位置：" + place + "\n\n网页文字：" + text + "\n\n应为：\n";
    var join = contact.indexOf("?") < 0 ? "?" : "&";
    return contact + join + "subject=" + encodeURIComponent("公报文字报错：" + document.title) +
      "&body=" + encodeURIComponent(body);
  }

  function offer(event) {
    var block = event.target.closest(".official p[id], .official h2[id], .official h3[id], .official tr[id]");
    if (!block || (link && link.block === block)) return;
    if (link) link.remove();
    link = document.createElement("a");
    link.className = "report";
    link.textContent = "报错";
    link.href = address(block);
    link.block = block;
    (block.tagName === "TR" ? block.lastElementChild : block).appendChild(link);
  }

  official.addEventListener("pointerover", offer);
  official.addEventListener("focusin", offer);
})();
