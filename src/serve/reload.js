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

  // -- the place: where one was, and what had the focus
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
  const keepPlace = () => {
    const focus = document.activeElement;
    const place = { url: location.href, at: Date.now(), x: scrollX, y: scrollY };
    if (focus && focus !== document.body) place.focus = pathOf(focus);
    try { sessionStorage.setItem(placeKey, JSON.stringify(place)); } catch { /* the browser's own memory is left */ }
  };
  const restorePlace = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(placeKey));
      sessionStorage.removeItem(placeKey);
    } catch { /* nothing was kept */ }
    if (!place || place.url !== location.href || Date.now() - place.at > 30000) return;
    const focused = place.focus && elementAt(place.focus);
    if (focused) focused.focus({ preventScroll: true });
    const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    if (document.readyState !== "complete") {
      // pictures give the page its length; who has scrolled meanwhile stays there
      const [x, y] = [scrollX, scrollY];
      addEventListener("load", () => { if (scrollX === x && scrollY === y) scroll(); }, { once: true });
    }
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
    const [old, next] = [document.getElementById("okrbook-overlay"), page.getElementById("okrbook-overlay")];
    const closed = old && !old.querySelector("details").open;
    if (old) old.remove();
    if (!next) return;
    const overlay = document.importNode(next, true);
    if (closed) overlay.querySelector("details").open = false;
    document.body.append(overlay);
  };

  // -- asking
  const load = () => {
    leaving = true;
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
  open();
})();
