/* 对照原页: the sheets of a document beside its text, each paragraph framed where it is printed. */
(() => {
  "use strict";
  const own = document.currentScript;
  const official = document.getElementById("official");
  const tools = document.querySelector(".facts .tools");
  if (!own.dataset.places || !official || !tools) return;

  const SHARE = 10000; // places are given in such shares of a sheet
  const LARGEST = 5; // times the width of the pane
  const STEP = 1.25; // of a key or a button
  const REST = 0.25; // the height of the screen at which a reader reads, if nothing points
  const root = document.documentElement;
  const make = (tag, facts, ...inside) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...inside);
    return element;
  };
  const between = (least, value, most) => Math.min(Math.max(value, least), most);

  /* ---- what the build knows: loaded when a reader asks for it ---- */
  let loading;
  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      let data;
      window.gazetteSheets = (given) => { data = given; };
      const parts = [
        make("link", { rel: "stylesheet", href: own.dataset.style }),
        make("script", { src: own.dataset.places }),
      ].map((part) => new Promise((done, failed) => {
        part.addEventListener("load", done);
        part.addEventListener("error", failed);
        document.head.append(part);
      }));
      Promise.all(parts).then(() => (data ? resolve(data) : reject(new Error("no data"))), reject);
    });
    return loading;
  };

  /* ---- the pane ---- */
  let pane, frame, stack, now, zoom = 1;
  const places = new Map(); // anchor → its areas on the sheets
  let units = []; // what is framed: paragraphs, headings, rows; in the order of the page
  const sheets = [];

  const button = (text, label, act) => {
    const made = make("button", { type: "button", textContent: text });
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };

  const drawSheet = (sheet) => {
    const figure = make("figure", { className: "sheet" });
    figure.dataset.label = sheet.label;
    if (sheet.withheld) {
      figure.classList.add("withheld");
      figure.append(make("p", { textContent: `${sheet.label}有不公开的内容，不登图片` }));
      return figure;
    }
    const [width, height] = sheet.size;
    figure.style.aspectRatio = `${width} / ${height}`;
    const image = make("img", {
      loading: "lazy", decoding: "async", width, height,
      alt: `${sheet.label}的原页图片${sheet.masked ? "，灰色处不公开" : ""}`,
      sizes: "50vw", srcset: `${sheet.small} ${Math.min(800, width)}w, ${sheet.large} ${width}w`,
    });
    image.src = sheet.small;
    figure.append(image);
    if (sheet.masked) figure.dataset.note = "灰色处不公开";
    return figure;
  };

  const build = (data) => {
    stack = make("div", { className: "sheets-stack" });
    for (const sheet of data.sheets) {
      sheets.push(drawSheet(sheet));
      stack.append(sheets.at(-1));
    }
    for (const [anchor, areas] of Object.entries(data.places)) {
      const unit = document.getElementById(anchor);
      if (!unit || !official.contains(unit)) continue;
      places.set(unit, areas.map(([number, left, top, right, bottom]) => {
        const area = make("div", { className: "place" });
        const share = (value) => `${value * 100 / SHARE}%`;
        Object.assign(area.style, {
          left: share(left), top: share(top), width: share(right - left), height: share(bottom - top),
        });
        area.unit = unit;
        sheets[number].append(area);
        return area;
      }));
    }
    // a table with places of its rows is framed row by row
    units = [...official.querySelectorAll("[id]")]
      .filter((unit) => places.has(unit) && !(unit.tagName === "TABLE" && unit.querySelector("tr[id]")));
    now = make("span", { className: "sheets-now" });
    now.setAttribute("role", "status");
    frame = make("div", { className: "sheets-frame", tabIndex: 0 }, stack);
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", "原页图片：方向键移动，加号、减号缩放，J、K 逐段对照");
    pane = make(
      "aside", { className: "sheets" },
      make(
        "div", { className: "sheets-bar" }, now,
        button("－", "缩小原页", () => zoomBy(1 / STEP)), button("＋", "放大原页", () => zoomBy(STEP)),
        button("适宽", "原页与窗格同宽", () => zoomTo(1)), button("关闭", "关闭原页", () => toggle(false)),
      ),
      frame,
    );
    pane.setAttribute("aria-label", "原页");
    document.body.append(pane);
    listen();
  };

  /* ---- where a reader reads ---- */
  let driver = "text"; // which of the two was moved by the reader: the other one follows
  let pointer = null; // height of the pointer on the screen, if it is over the side that drives
  const heightOf = () => {
    const head = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    const box = pane.getBoundingClientRect();
    const isBelow = box.top > head + 1; // on a phone the sheets are below the text
    return { text: [head, isBelow ? box.top : innerHeight], sheets: frameEnds() };
  };
  const frameEnds = () => {
    const box = frame.getBoundingClientRect();
    return [box.top, box.bottom];
  };
  /** Give the heights at which the two sides are to agree. */
  const lines = () => {
    const ends = heightOf();
    const [top, bottom] = ends[driver];
    const share = pointer === null ? REST : between(0, (pointer - top) / (bottom - top), 1);
    const at = ([first, last]) => first + share * (last - first);
    return { text: at(ends.text), sheets: at(ends.sheets) };
  };

  const unitAt = (line) => {
    let [low, high] = [0, units.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (units[middle].getBoundingClientRect().bottom > line) high = middle;
      else low = middle + 1;
    }
    return units[low];
  };
  /** Give the point on the sheets for a share of a paragraph: its areas follow each other. */
  const pointOf = (areas, share) => {
    const boxes = areas.map((area) => area.getBoundingClientRect());
    let rest = share * boxes.reduce((sum, box) => sum + box.height, 0);
    for (const box of boxes) {
      if (rest <= box.height) return { y: box.top + rest, left: box.left, right: box.right };
      rest -= box.height;
    }
    const last = boxes.at(-1);
    return { y: last.bottom, left: last.left, right: last.right };
  };

  const showAcross = (left, right) => {
    const box = frame.getBoundingClientRect();
    if (left < box.left || right > box.right) frame.scrollLeft += left - box.left - 12;
  };
  const followText = () => {
    if (!units.length) return;
    const line = lines();
    const unit = unitAt(line.text);
    const box = unit.getBoundingClientRect();
    const share = box.height ? between(0, (line.text - box.top) / box.height, 1) : 0;
    const point = pointOf(places.get(unit), share);
    frame.scrollTop += point.y - line.sheets;
    showAcross(point.left, point.right);
    say();
  };
  const followSheets = () => {
    say();
    const line = lines();
    let best, least = Infinity, share = 0;
    for (const unit of units) {
      for (const [n, area] of places.get(unit).entries()) {
        const box = area.getBoundingClientRect();
        const away = Math.max(box.top - line.sheets, line.sheets - box.bottom, 0);
        if (away >= least) continue;
        const areas = places.get(unit).map((one) => one.getBoundingClientRect().height);
        const above = areas.slice(0, n).reduce((sum, height) => sum + height, 0);
        const whole = areas.reduce((sum, height) => sum + height, 0);
        [best, least] = [unit, away];
        share = whole ? (above + between(0, line.sheets - box.top, box.height)) / whole : 0;
      }
      if (!least) break;
    }
    if (!best) return;
    const box = best.getBoundingClientRect();
    scrollBy({ top: box.top + share * box.height - line.text, behavior: "instant" });
  };
  /** Say which sheet is seen. */
  const say = () => {
    const [top, bottom] = frameEnds();
    const middle = top + (bottom - top) / 3;
    const seen = sheets.findLast((sheet) => sheet.getBoundingClientRect().top <= middle) ?? sheets[0];
    const text = [seen.dataset.label, seen.dataset.note].filter(Boolean).join("　");
    if (now.textContent !== text) now.textContent = text;
  };

  /* ---- frames ---- */
  let framed = null;
  const setFramed = (unit) => {
    if (unit === framed) return;
    for (const one of [framed, ...(places.get(framed) ?? [])]) one?.classList.remove("framed");
    framed = unit;
    for (const one of [framed, ...(places.get(framed) ?? [])]) one?.classList.add("framed");
  };
  const unitOf = (target) => {
    let unit = target instanceof Element ? target.closest("[id]") : null;
    while (unit && !places.has(unit)) unit = unit.parentElement?.closest("[id]") ?? null;
    return unit;
  };
  /** Bring the areas of a paragraph into sight, if none of them is. */
  const showPlace = (unit) => {
    const [top, bottom] = frameEnds();
    const boxes = places.get(unit).map((area) => area.getBoundingClientRect());
    if (!boxes.some((box) => box.bottom > top + 8 && box.top < bottom - 8)) {
      frame.scrollTop += boxes[0].top - (top + REST * (bottom - top));
    }
    showAcross(boxes[0].left, boxes[0].right);
    say();
  };
  const showUnit = (unit) => {
    const [top, bottom] = heightOf().text;
    const box = unit.getBoundingClientRect();
    if (box.bottom > top + 8 && box.top < bottom - 8) return;
    scrollBy({ top: box.top - (top + REST * (bottom - top)), behavior: "instant" });
  };
  const step = (by) => {
    const at = units.indexOf(framed);
    const unit = units[between(0, at < 0 ? 0 : at + by, units.length - 1)];
    if (!unit) return;
    driver = "sheets";
    setFramed(unit);
    showPlace(unit);
    showUnit(unit);
    now.textContent = unit.textContent.trim().slice(0, 40);
  };

  /* ---- zoom ---- */
  const sizePictures = () => {
    for (const image of stack.querySelectorAll("img")) image.sizes = `${Math.round(stack.clientWidth)}px`;
  };
  const zoomTo = (wanted, x, y) => {
    const box = frame.getBoundingClientRect();
    const [across, down] = [(x ?? box.left + box.width / 2) - box.left, (y ?? box.top + box.height / 2) - box.top];
    const [left, top] = [(frame.scrollLeft + across) / zoom, (frame.scrollTop + down) / zoom];
    zoom = between(1, wanted, LARGEST);
    driver = "";
    stack.style.width = `${zoom * 100}%`;
    frame.scrollTo({ left: left * zoom - across, top: top * zoom - down, behavior: "instant" });
    sizePictures();
    say();
  };
  const zoomBy = (factor, x, y) => zoomTo(zoom * factor, x, y);

  let pinched = 0; // how far apart two fingers were
  const apart = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  const pinch = (event) => {
    if (event.touches.length !== 2) {
      pinched = 0;
      return;
    }
    event.preventDefault();
    const [one, other] = event.touches;
    const wide = apart(event.touches);
    if (pinched) zoomBy(wide / pinched, (one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
    pinched = wide;
  };

  const KEYS = {
    "+": () => zoomBy(STEP), "=": () => zoomBy(STEP), "-": () => zoomBy(1 / STEP), "0": () => zoomTo(1),
    j: () => step(1), k: () => step(-1), Escape: () => toggle(false),
  };

  const listen = () => {
    const takes = (event) => {
      driver = pane.contains(event.target) ? "sheets" : "text";
      if (event.type === "keydown") pointer = null;
    };
    for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      addEventListener(kind, takes, { capture: true, passive: true });
    }
    const inText = (unit) => {
      setFramed(unit);
      showPlace(unit);
    };
    const onSheet = (unit) => {
      setFramed(unit);
      showUnit(unit);
    };
    /** Frame what is pointed at, on the side that it is on. */
    const point = (event) => {
      if (!isOpen()) return;
      const target = event.target;
      const side = pane.contains(target) ? "sheets" : official.contains(target) ? "text" : "";
      const unit = side === "sheets" ? target.unit : side ? unitOf(target) : null;
      if (event.pointerType === "mouse") {
        // without a move: the page was scrolled below the pointer, by a key if `pointer` is null
        if (event.type === "pointerover" && pointer === null) return;
        pointer = side ? event.clientY : null;
        if (side) driver = side;
      }
      if (unit && unit !== framed) (side === "sheets" ? onSheet : inText)(unit);
    };
    for (const kind of ["pointermove", "pointerover"]) {
      addEventListener(kind, (event) => { if (event.pointerType === "mouse") point(event); }, { passive: true });
    }
    addEventListener("click", (event) => {
      point(event); // a finger
      // the picture is here already
      const leads = event.target.closest?.("a.page-begun");
      if (leads && isOpen() && !event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault();
    });
    official.addEventListener("focusin", (event) => {
      const unit = isOpen() && unitOf(event.target);
      if (unit) inText(unit);
    });

    let waiting = false;
    const soon = (act) => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        act();
      });
    };
    addEventListener("scroll", () => { if (isOpen() && driver === "text") soon(followText); }, { passive: true });
    frame.addEventListener("scroll", () => { soon(driver === "sheets" ? followSheets : say); }, { passive: true });
    addEventListener("resize", () => { if (isOpen()) soon(() => { sizePictures(); followText(); }); });

    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(Math.exp(-between(-60, event.deltaY, 60) / 120), event.clientX, event.clientY);
    }, { passive: false });
    for (const kind of ["touchstart", "touchmove", "touchend"]) {
      frame.addEventListener(kind, pinch, { passive: false });
    }
    pane.addEventListener("keydown", (event) => {
      const act = KEYS[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
  };

  /* ---- open and close ---- */
  const isOpen = () => root.hasAttribute("data-gazette-sheets");
  const opener = button("对照原页", "", () => toggle(!isOpen()));
  opener.setAttribute("aria-expanded", "false");
  const toggle = async (open) => {
    if (open && !pane) {
      opener.disabled = true;
      try {
        build(await load());
      } catch {
        opener.textContent = "原页打不开";
        return;
      }
      opener.disabled = false;
    }
    // the same line stays where it is, though the lines get another length
    const first = [...official.querySelectorAll("[id]")].find((one) => one.getBoundingClientRect().bottom > 60);
    const before = first?.getBoundingClientRect().top ?? 0;
    root.toggleAttribute("data-gazette-sheets", open);
    pane.hidden = !open;
    opener.setAttribute("aria-expanded", `${open}`);
    if (first) scrollBy({ top: first.getBoundingClientRect().top - before, behavior: "instant" });
    if (!open) {
      setFramed(null);
      opener.focus({ preventScroll: true });
      return;
    }
    [driver, pointer] = ["text", null];
    sizePictures();
    const arrived = unitOf(document.getElementById(decodeURIComponent(location.hash.slice(1))));
    if (arrived) setFramed(arrived);
    followText();
  };
  tools.append(opener);
  window.gazetteKeys.o = () => toggle(!isOpen()); // keys.js
})();
