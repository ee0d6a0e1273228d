// Stands in the head without `defer`, so that the colour scheme is there before the first paint.
// Everything that it adds is a convenience: the pages read the same without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const own = document.currentScript;
  const key = "okrbook-scheme";
  const schemes = ["light", "dark"];

  // -- colour scheme: automatic unless one is chosen, remembered where the browser allows it
  const remembered = () => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const remember = (scheme) => {
    try {
      if (schemes.includes(scheme)) localStorage.setItem(key, scheme);
      else localStorage.removeItem(key);
    } catch { /* a browser that keeps nothing: the choice holds for this page */ }
  };
  const show = (scheme) => {
    if (schemes.includes(scheme)) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };
  show(remembered());
  root.classList.add("js");

  const wireSchemes = () => {
    const inputs = document.querySelectorAll(".scheme input");
    const check = () => {
      for (const input of inputs) input.checked = input.id === `scheme-${root.dataset.scheme || "auto"}`;
    };
    for (const input of inputs) {
      input.addEventListener("change", () => {
        const scheme = input.id.replace("scheme-", "");
        show(scheme);
        remember(scheme);
      });
    }
    check();
    addEventListener("storage", (event) => {
      if (event.key === key) { show(event.newValue); check(); }
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) { show(remembered()); check(); }
    });
  };

  // -- menus: Escape, a click or the focus elsewhere closes them
  const wireMenus = () => {
    const menus = document.querySelectorAll("details.menu");
    document.addEventListener("click", (event) => {
      for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
    });
    for (const menu of menus) {
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      menu.addEventListener("focusout", (event) => {
        if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
      });
    }
  };

  // -- search: its script is loaded when it is first asked for
  const wireSearch = () => {
    const button = document.querySelector(".find");
    if (!button) return;
    const slash = () => {
      let off = false;
      try { off = localStorage.getItem("okrbook-slash") === "off"; } catch { /* nothing is kept: the key works */ }
      root.classList.toggle("no-slash", off);
      button.setAttribute("aria-keyshortcuts", off ? "Control+K" : "/ Control+K");
      return !off;
    };
    let script = null;
    const loaded = () => new Promise((done, failed) => {
      if (globalThis.okrbookSearch) { done(); return; }
      if (!script) {
        script = document.createElement("script");
        script.src = button.dataset.script;
        document.head.append(script);
      }
      script.addEventListener("load", done);
      script.addEventListener("error", () => { script = null; failed(new Error("no search")); });
    });
    const open = async () => {
      try {
        await loaded();
        await globalThis.okrbookSearch.open();
      } catch { tell(button.dataset.failed); }
    };
    button.addEventListener("click", open);
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const control = event.ctrlKey || event.metaKey;
      const typing = event.target.closest && event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
      const wanted = control ? !event.shiftKey && event.key.toLowerCase() === "k" : event.key === "/" && !typing && slash();
      // a dialog of somebody else's is left alone
      if (!wanted || document.querySelector("dialog[open]:not(.search)")) return;
      event.preventDefault();
      open();
    });
    addEventListener("okrbook-slash", slash);
    slash();
    // a page that a search led to shows what was looked for
    try {
      if (sessionStorage.getItem("okrbook-found")) loaded().then(() => globalThis.okrbookSearch.mark()).catch(() => {});
    } catch { /* nothing is kept */ }
  };

  // -- cards: a mouse that rests on a reference, or the keyboard's focus, asks for one
  const wireCards = () => {
    const source = own && own.dataset.cards;
    const saves = navigator.connection && navigator.connection.saveData;
    if (!source || saves || location.protocol === "file:") return;
    let wanted = null;
    let pause;
    let script = null;
    const isReference = (link) => {
      if (!link.closest("main") || link.closest("nav, .permalink, .footnotes") || link.origin !== location.origin) return false;
      if (!/\/(index\.html)?$/.test(link.pathname)) return false;
      if (link.pathname !== location.pathname) return true;
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) return false;
      const { top, bottom } = target.getBoundingClientRect();
      return bottom < 0 || top > innerHeight;
    };
    const show = (link) => {
      if (globalThis.okrbookCards) { globalThis.okrbookCards.show(link); return; }
      if (script) return;
      script = document.createElement("script");
      script.src = source;
      script.addEventListener("load", () => { if (wanted) globalThis.okrbookCards.show(wanted); });
      document.head.append(script);
    };
    const want = (link) => {
      clearTimeout(pause);
      wanted = link;
      pause = setTimeout(() => { if (wanted === link) show(link); }, 350);
    };
    const drop = () => { clearTimeout(pause); wanted = null; };
    const linkAt = (event) => event.target.closest && event.target.closest("a[href]");
    document.addEventListener("pointerover", (event) => {
      const link = event.pointerType === "mouse" && linkAt(event);
      if (link && link !== wanted && isReference(link)) want(link);
    });
    document.addEventListener("pointerout", (event) => {
      if (wanted && !wanted.contains(event.relatedTarget)) drop();
    });
    document.addEventListener("pointerdown", drop);
    document.addEventListener("focusin", (event) => {
      const link = linkAt(event);
      if (link && link.matches(":focus-visible") && isReference(link)) want(link);
    });
    document.addEventListener("focusout", drop);
  };

  // -- tabs: the present one is in sight where they scroll
  const showTab = () => {
    const tabs = document.querySelector(".tabs");
    const tab = tabs && tabs.querySelector("[aria-current]");
    if (!tab || tabs.scrollWidth <= tabs.clientWidth) return;
    const [bar, box] = [tabs.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (box.left < bar.left || box.right > bar.right) {
      tabs.scrollLeft += box.left + box.width / 2 - bar.left - bar.width / 2;
    }
  };

  // -- contents: the section that stands in the upper third is the present one; where the page ends, the line that it
  // has to have crossed goes down with the last window, so that short sections have their turn as well
  const wireContents = () => {
    const links = new Map();
    for (const link of document.querySelectorAll(".contents a[href*='#']")) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) links.set(target, link);
    }
    if (!links.size || !("IntersectionObserver" in window)) return;
    let asked = null;
    let waits = false;
    const below = () => document.scrollingElement.scrollHeight - innerHeight - scrollY;
    const topOf = (target) => target.getBoundingClientRect().top;
    const mark = () => {
      waits = false;
      const last = Math.min(innerHeight, below() + scrollY);
      const share = last > 0 ? Math.max(0, 1 - below() / last) : 0;
      const line = innerHeight * (0.34 + 0.66 * share);
      let present = null;
      for (const target of links.keys()) if (topOf(target) < line) present = target;
      // who asked for a section is in it as long as it is in sight
      if (asked && topOf(asked) < innerHeight && topOf(asked) > -1) present = asked;
      for (const [target, link] of links) {
        if (target === present) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -67% 0px" });
    for (const target of links.keys()) observer.observe(target);
    const ask = () => {
      asked = null;
      for (const [target, link] of links) if (link.hash === location.hash) asked = target;
    };
    ask();
    addEventListener("hashchange", () => { ask(); mark(); });
    for (const move of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(move, () => { asked = null; }, { passive: true });
    }
    addEventListener("scroll", () => {
      if (waits || below() > innerHeight) return;
      waits = true;
      requestAnimationFrame(mark);
    }, { passive: true });
  };

  // -- permalinks: a click copies the address, and says so
  const copy = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("nothing was copied");
  };
  let clear;
  const tell = (text) => {
    const said = document.querySelector(".said");
    if (!said) return;
    said.textContent = text;
    clearTimeout(clear);
    clear = setTimeout(() => { said.textContent = ""; }, 4000);
  };
  const wirePermalinks = () => {
    document.addEventListener("click", async (event) => {
      const link = event.target.closest && event.target.closest("a.permalink");
      if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      try {
        await copy(link.href);
        tell(document.querySelector(".said")?.dataset.copied ?? "");
      } catch { /* the link still leads there */ }
    });
  };

  const start = () => {
    for (const wire of [wireSchemes, wireMenus, wireSearch, wireCards, showTab, wireContents, wirePermalinks]) wire();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
