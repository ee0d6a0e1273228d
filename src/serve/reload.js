// Keeps a page of the preview new. The server tells the number of the site's generation; at another one
// than it knows, the page asks whether it changed itself. Only then does it load again, and where only
// style sheets or the overlay changed, those are put in place.
(() => {
  "use strict";
  const script = document.currentScript;
  const meta = document.querySelector('meta[name="okrbook-generation"]');
  const placeKey = "okrbook-place";
  let tag = script.dataset.page;
  let known = Number(meta && meta.content);
  let told = known;
  let asking = false;
  let leaving = false;
  let source = null;
  let again = 0;

  // -- telling those who do not see it: a region that is there before anything is said in it
  const voice = document.createElement("p");
  voice.setAttribute("role", "status");
  voice.lang = "en";
  Object.assign(voice.style, {
    position: "absolute", width: "1px", height: "1px", margin: "-1px", overflow: "hidden", clipPath: "inset(50%)",
  });
  document.body.append(voice);
  const tell = (overlay) => { voice.textContent = overlay.querySelector("summary").textContent; };

  // -- the place: where one was, what had the focus, and what was folded or unfolded
  const overlayId = "okrbook-overlay";
  const pathOf = (element) => {
    const path = [];
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (at.id) return { id: at.id, path };
      path.unshift([...at.parentElement.children].indexOf(at));
    }
    return { path };
  };
  const elementAt = ({ id, path }) => {
    let at = id ? document.getElementById(id) : document.body;
    for (const index of path) at = at && at.children[index];
    return at;
  };
  const folds = new Map([...document.querySelectorAll("details")].map((fold) => [fold, fold.open]));
  // what one reads is kept where it is, though the text above grows: the last thing with a name in the upper third
  const anchorNow = () => {
    if (scrollY === 0) return null;
    const named = [...document.querySelectorAll("body [id]")].filter((element) => !element.closest(`#${overlayId}`));
    const boxes = named.map((element) => ({ id: element.id, box: element.getBoundingClientRect() }));
    const above = boxes.filter(({ box }) => box.width > 0 && box.height > 0 && box.top <= innerHeight / 3);
    const nearest = above.reduce((one, other) => (one && one.box.top > other.box.top ? one : other), null);
    return nearest && { id: nearest.id, top: nearest.box.top };
  };
  const keepPlace = () => {
    const focus = document.activeElement;
    const place = { url: location.href, at: Date.now(), x: scrollX, y: scrollY, anchor: anchorNow() };
    place.folds = [...folds].filter(([fold, open]) => fold.isConnected && fold.open !== open)
      .map(([fold, open]) => ({ ...pathOf(fold), open: !open }));
    if (focus && focus !== document.body) place.focus = pathOf(focus);
    try {
      sessionStorage.setItem(placeKey, JSON.stringify(place));
      history.scrollRestoration = "manual";
    } catch { /* the browser's own memory is left */ }
  };
  const restorePlace = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(placeKey));
      sessionStorage.removeItem(placeKey);
    } catch { /* nothing was kept */ }
    history.scrollRestoration = "auto";
    if (!place || place.url !== location.href || Date.now() - place.at > 30000) return;
    for (const kept of place.folds) {
      const fold = elementAt(kept);
      if (fold && fold.localName === "details") fold.open = kept.open;
    }
    const focused = place.focus && elementAt(place.focus);
    if (focused) focused.focus({ preventScroll: true });
    // who moves meanwhile stays there
    let isMoved = false;
    const moves = ["wheel", "touchstart", "pointerdown", "keydown"];
    const moved = () => { isMoved = true; };
    for (const name of moves) addEventListener(name, moved, { once: true, passive: true });
    const scroll = () => {
      if (isMoved) return;
      const anchor = place.anchor && document.getElementById(place.anchor.id);
      const further = anchor ? anchor.getBoundingClientRect().top - place.anchor.top : place.y - scrollY;
      scrollBy({ left: place.x - scrollX, top: further, behavior: "instant" });
    };
    scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    // what comes into sight gets its length only then, and pictures when they are there
    const settle = (frames) => {
      scroll();
      if (frames > 0) requestAnimationFrame(() => settle(frames - 1));
      else for (const name of moves) removeEventListener(name, moved);
    };
    const begin = () => requestAnimationFrame(() => settle(3));
    if (document.readyState === "complete") begin(); else addEventListener("load", begin, { once: true });
  };

  // -- what can be put in place without loading the page again
  const sheetsOf = (page) => [...page.head.querySelectorAll('link[rel~="stylesheet"]')];
  const swapSheets = (page) => {
    const old = sheetsOf(document);
    const kept = new Set();
    let last = old[old.length - 1] || null;
    for (const sheet of sheetsOf(page)) {
      const href = sheet.getAttribute("href");
      const same = old.find((link) => link.getAttribute("href") === href);
      if (same) { kept.add(same); continue; }
      const link = document.importNode(sheet);
      if (last) last.after(link); else document.head.append(link);
      last = link;
      // the old one holds until the new one is there
      const drop = () => { for (const link of old) if (!kept.has(link)) link.remove(); };
      link.addEventListener("load", drop);
      link.addEventListener("error", drop);
    }
    if (sheetsOf(page).every((sheet) => old.some((link) => link.getAttribute("href") === sheet.getAttribute("href")))) {
      for (const link of old) if (!kept.has(link)) link.remove();
    }
  };
  const swapOverlay = (page) => {
    const [old, next] = [document.getElementById(overlayId), page.getElementById(overlayId)];
    const focus = old && old.contains(document.activeElement) && pathOf(document.activeElement);
    const overlay = next && document.importNode(next, true);
    if (old && overlay) overlay.querySelector("details").open = old.querySelector("details").open;
    const scrolled = old ? old.querySelector("div").scrollTop : 0;
    if (old) old.remove();
    if (!overlay) {
      voice.textContent = old ? old.dataset.gone : "";
      return;
    }
    document.body.append(overlay);
    overlay.querySelector("div").scrollTop = scrolled;
    const focused = focus && elementAt(focus);
    if (focused) focused.focus({ preventScroll: true });
    folds.set(overlay.querySelector("details"), true);
    tell(overlay);
  };

  // -- asking
  const load = () => {
    leaving = true;
    // who searches is not interrupted
    const dialog = document.querySelector("dialog:modal");
    if (dialog) {
      dialog.addEventListener("close", load, { once: true });
      return;
    }
    keepPlace();
    location.reload();
  };
  const take = async (response) => {
    const next = (response.headers.get("ETag") || "").replace(/^W\/|"/g, "");
    if (response.status === 304 || next === tag) return;
    const [page, sheets, overlay] = tag.split("-");
    const [nextPage, nextSheets, nextOverlay] = next.split("-");
    if (page !== nextPage || !nextOverlay) { load(); return; }
    const html = new DOMParser().parseFromString(await response.text(), "text/html");
    if (sheets !== nextSheets) swapSheets(html);
    if (overlay !== nextOverlay) swapOverlay(html);
    tag = next;
  };
  const ask = async () => {
    if (asking || leaving) return;
    asking = true;
    clearTimeout(again);
    const number = told;
    try {
      const headers = { "If-None-Match": `"${tag}"` };
      await take(await fetch(location.pathname + location.search, { headers, cache: "no-store" }));
      known = number;
    } catch {
      again = setTimeout(ask, 1000);
    }
    asking = false;
    if (known === number && told !== known) ask();
  };

  // -- listening, while the page is seen: a browser has few connections for one host
  const close = () => {
    clearTimeout(again);
    if (source) source.close();
    source = null;
  };
  const open = () => {
    close();
    if (document.visibilityState === "hidden") return;
    source = new EventSource("/__okrbook/events");
    source.addEventListener("generation", (event) => {
      told = Number(event.data);
      if (told !== known) ask();
    });
    source.addEventListener("error", () => {
      // where the browser gives up, we do not
      if (source && source.readyState === EventSource.CLOSED) again = setTimeout(open, 1000);
    });
  };
  document.addEventListener("visibilitychange", open);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  addEventListener("pagehide", close);
  restorePlace();
  const overlay = document.getElementById(overlayId);
  // what is there from the beginning is not told by itself
  if (overlay) setTimeout(tell, 200, overlay);
  open();
})();
