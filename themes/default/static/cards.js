// What a reference leads to, in a card beside it: for a mouse that rests on it, and for the focus of the keyboard.
// Loaded when the first one is wanted. A card shows what the page behind the link says of itself; Escape
// closes it, the pointer may rest on it, and nothing in it can only be had there.
(() => {
  "use strict";
  const LINGER = 250; // milliseconds for the way from the link to its card
  const pages = new Map();
  let card = null;
  let link = null;
  let turn = 0;
  let leaving = 0;

  const pageOf = (url) => {
    const { href } = url;
    if (href === location.href.split("#")[0]) return document;
    if (!pages.has(href)) {
      const page = fetch(href).then((response) => (response.ok ? response.text() : ""))
        .then((html) => new DOMParser().parseFromString(html, "text/html")).catch(() => null);
      pages.set(href, page);
    }
    return pages.get(href);
  };
  const words = (element) => {
    if (!element) return "";
    const copy = element.cloneNode(true);
    for (const extra of copy.querySelectorAll(".permalink, .hidden, svg, small")) extra.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  // parts that stand apart on their page: a value, and what is said of it
  const parts = (element) => (element ? [...element.children].map(words).filter(Boolean).join(" · ") : "");
  const title = (page) => page.title.split(" · ")[0];

  // what a page says of itself, or of a place on it: where, a title, and a few facts
  const told = (page, fragment) => {
    const at = fragment && page.getElementById(fragment);
    const item = at && at.matches(".kr, .objective, .invest > li") && at;
    if (item) {
      const facts = item.matches(".objective") ? [".n > span:last-child"] : [".measure", ".share"];
      const told = [...facts.map((part) => words(item.querySelector(part))), parts(item.querySelector(".readout"))];
      return { where: title(page), title: words(item.querySelector("h2, h3")), agreed: true, facts: told };
    }
    const heading = at && (at.matches("h2, h3, h4, h5, h6") ? at : at.querySelector("h2, h3, h4"));
    if (heading) {
      const next = heading.nextElementSibling;
      return { where: title(page), title: words(heading), facts: [next && next.matches("p") ? words(next) : ""] };
    }
    const description = page.querySelector("meta[name=description]");
    return { where: "", title: title(page), facts: [words(page.querySelector(".doc-head .state")), description ? description.content : ""] };
  };

  const part = (name, className, text) => {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text.length > 220 ? `${text.slice(0, 200).replace(/\s+\S*$/, "")} …` : text;
    return element;
  };
  const place = () => {
    const box = link.getClientRects()[0] || link.getBoundingClientRect();
    const own = card.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const below = box.bottom + 4 + own.height <= innerHeight || box.top < own.height + 4;
    card.style.insetInlineStart = "auto";
    card.style.left = `${scrollX + Math.max(8, Math.min(box.left, room - own.width - 8))}px`;
    card.style.top = `${scrollY + (below ? box.bottom + 4 : box.top - own.height - 4)}px`;
  };
  const hide = () => {
    turn += 1;
    clearTimeout(leaving);
    if (link) link.removeAttribute("aria-describedby");
    if (card) card.remove();
    [card, link] = [null, null];
  };
  const show = async (wanted) => {
    clearTimeout(leaving);
    if (wanted === link) return;
    hide();
    const mine = turn;
    const url = new URL(wanted.href);
    const fragment = decodeURIComponent(url.hash.slice(1));
    url.hash = "";
    const page = await pageOf(url);
    if (mine !== turn || !page || !wanted.isConnected) return;
    const about = told(page, fragment);
    // what is in sight, or says no more than the link, needs no card
    const facts = about.facts.filter(Boolean);
    if (!about.title || (!facts.length && words(wanted) === about.title)) return;
    link = wanted;
    card = part("div", "peek", "");
    card.id = "peek";
    card.setAttribute("role", "tooltip");
    if (about.where) card.append(part("p", "where", about.where));
    card.append(part("p", about.agreed ? "t words" : "t", about.title), ...facts.map((fact) => part("p", "fact", fact)));
    document.body.append(card);
    link.setAttribute("aria-describedby", "peek");
    place();
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, LINGER);
  };

  document.addEventListener("pointerover", (event) => {
    if (!card) return;
    if (event.target === link || link.contains(event.target) || card.contains(event.target)) clearTimeout(leaving);
    else if (link !== document.activeElement) leave();
  });
  document.addEventListener("focusout", (event) => { if (event.target === link) leave(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && card) hide(); });
  addEventListener("resize", hide);
  globalThis.okrbookCards = { show, hide };
})();
