// The search: a dialog over the page, and the index that it asks. Loaded when it is first opened.
// The index is described in the guide and in src/search.rs; its files are scripts, so that they load from a
// folder on the disk too, and a search reads only those that hold its words and the results that it shows.
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  const index = new URL("search/", root);
  const PAGE = 10; // results at a time
  const FAR = 2 ** 20; // a leaf's number and a place on it in one number
  const STEP = 4; // ended cycles at a time
  const HASTE = 120; // milliseconds of quiet before a search begins

  // -- files of the index: each calls `okrbookSearch` with what it holds
  const loads = new Map();
  const waiting = new Map();
  globalThis.okrbookSearch = (data) => waiting.get(document.currentScript.src)?.(data);
  const fetched = (href) => new Promise((done, failed) => {
    const script = document.createElement("script");
    const end = (then) => () => { script.remove(); waiting.delete(href); then(); };
    waiting.set(href, done);
    script.src = href;
    script.onload = end(() => failed(new Error(`${href} holds nothing`)));
    script.onerror = end(() => { loads.delete(href); failed(new Error(`no ${href}`)); });
    document.head.append(script);
  });
  const load = (path) => {
    const { href } = new URL(path, index);
    if (!loads.has(href)) loads.set(href, fetched(href));
    return loads.get(href);
  };

  // -- words, as src/search/words.rs makes them
  const SAME = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", ς: "σ" };
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const RUNS = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{Alphabetic}\\p{N}])+`, "gu");
  const unspaced = new RegExp(`^[${UNSPACED}]`, "u");
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().normalize("NFC")
    .replace(/[ßæœþøłđðıς]/g, (c) => SAME[c]);
  const runs = (text) => fold(text).match(RUNS) || [];
  const pairs = (run) => [...run].map((c, at, all) => c + (all[at + 1] || ""));
  const words = (text) => runs(text).flatMap((run) => unspaced.test(run) ? pairs(run) : [[...run].slice(0, 32).join("")]);
  // what is typed: a word is found by its beginning, a single letter only by itself
  const asked = (text) => {
    const all = new Map();
    for (const run of runs(text)) {
      const long = [...run].length > 1;
      const cut = unspaced.test(run) ? (long ? pairs(run).slice(0, -1) : [run]) : words(run);
      for (const word of cut) all.set(word, { text: word, open: unspaced.test(run) ? !long : long });
    }
    return [...all.values()];
  };

  // -- the index: parts, words, leaves
  let first = null;
  const opened = new Map();
  const entries = (text) => text ? text.split(" ").map((entry) => {
    const at = entry.lastIndexOf(":");
    return { from: entry.slice(0, at), file: entry.slice(at + 1) };
  }) : [];
  const open = async ([id, title, phase, file]) => {
    if (!opened.has(file)) {
      const list = await load(`${id}/${file}.js`);
      const leaves = entries(list.leaves).map(({ from, file }) => ({ from: Number(from), file }));
      opened.set(file, { id, stride: list.stride, terms: entries(list.terms), leaves });
    }
    return { ...opened.get(file), title, phase };
  };
  const lastBefore = (list, key) => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].from <= key) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));
  const places = (text, each) => {
    let at = 0;
    const number = () => {
      let [value, shift, digit] = [0, 0, 32];
      while (digit & 32) {
        digit = VALUE.get(text[at++]);
        value += (digit & 31) * 2 ** shift;
        shift += 5;
      }
      return value;
    };
    let [leaf, code] = [0, 0];
    while (at < text.length) {
      const further = number();
      leaf += further;
      code = number() + (further ? 0 : code);
      each(leaf, code, VALUE.get(text[at++]));
    }
  };

  // where a word stands in a part: places with their weight, and whether it is everywhere
  const lookUp = async (part, word) => {
    const found = { at: new Map(), flags: new Map(), everywhere: false };
    const files = [];
    const begin = Math.max(0, lastBefore(part.terms, word.text));
    for (let at = begin; at < part.terms.length; at += 1) {
      if (at > begin && !(word.open && part.terms[at].from.startsWith(word.text))) break;
      files.push(part.terms[at].file);
    }
    for (const text of await Promise.all(files.map((file) => load(`${part.id}/${file}.js`)))) {
      for (const line of text.split(" ")) {
        if (!line.startsWith(word.text)) continue;
        const colon = line.indexOf(":");
        const term = line.slice(0, colon).replace("*", "");
        if (term !== word.text && !word.open) continue;
        if (line[colon - 1] === "*") found.everywhere = true;
        const near = term === word.text ? 1 : 0.3 + 0.4 * word.text.length / term.length;
        places(line.slice(colon + 1), (leaf, code, flags) => {
          const at = leaf * FAR + code;
          const weight = near * (flags & 8 ? 0.35 : 1);
          if (weight > (found.at.get(at) || 0)) found.at.set(at, weight);
          if (!(flags & 8) || !found.flags.has(at)) found.flags.set(at, flags);
        });
      }
    }
    return found;
  };
  const lookUpAll = (parts, word) => Promise.all(parts.map((part) => lookUp(part, word)));

  // places where every word stands: there, in the objective, or in what the leaf is about
  const BONUS = [0.4, 0.5, 0.4, 0.2, 0.3, 0.6, 0.6, 0.25];
  const within = (part, order, looks, fits) => {
    const narrow = looks.filter((look) => !look.everywhere);
    const hits = new Map();
    for (const look of narrow.length ? narrow : looks) {
      for (const [at, flags] of look.flags) {
        if (hits.has(at)) continue;
        const [leaf, code] = [Math.floor(at / FAR), at % FAR];
        if (!fits(part, leaf, flags & 7)) { hits.set(at, null); continue; }
        const above = code && leaf * FAR + 1 + Math.floor((code - 1) / part.stride) * part.stride;
        let score = BONUS[flags & 7] + 0.05 * (3 - (flags >> 4));
        for (const one of looks) {
          const weight = one.at.get(at) || 0.5 * (one.at.get(above) || 0) || 0.45 * (one.at.get(leaf * FAR) || 0)
            || (one.everywhere ? 0.05 : 0);
          score = weight ? score + weight : NaN;
        }
        hits.set(at, Number.isNaN(score) ? null : { part, order, leaf, code, kind: flags & 7, score });
      }
    }
    return [...hits.values()].filter(Boolean);
  };

  // all hits in some parts, the best first; a word that nothing begins with is tried without its end
  const find = async (typed, chosen, fits) => {
    const parts = await Promise.all(chosen.map(open));
    let near = false;
    const looks = await Promise.all(typed.map(async (word) => {
      let found = await lookUpAll(parts, word);
      for (let text = word.text; word.open && text.length > 3 && !found.some((one) => one.at.size);) {
        text = text.slice(0, -1);
        near = true;
        found = await lookUpAll(parts, { text, open: true });
      }
      return found;
    }));
    const hits = parts.flatMap((part, at) => within(part, at, looks.map((look) => look[at]), fits));
    hits.sort((a, b) => b.score - a.score || a.order - b.order || a.leaf - b.leaf || a.code - b.code);
    const many = parts.some((_, at) => looks.length && looks.every((look) => look[at].everywhere));
    return { hits, near: near && hits.length > 0, many };
  };

  // what a hit shows
  const described = async (hit) => {
    const { part, leaf, code } = hit;
    const { file } = part.leaves[lastBefore(part.leaves, leaf)];
    const record = (await load(`${part.id}/${file}.js`)).find(([number]) => number === leaf);
    const [, about, url, mark, note, things] = record;
    const thing = (wanted) => things.find(([number]) => number === wanted);
    const [, title, rest, fact] = code ? thing(code) : [0, about, "", note];
    const above = 1 + Math.floor((code - 1) / part.stride) * part.stride;
    const where = [code ? about : "", part.title, code && code !== above ? thing(above)?.[1] : ""];
    if (!part.title) where.push(fact);
    const href = new URL(location.protocol === "file:" ? url.replace(/(^|\/)$/, "$1index.html") + rest : url + rest, root);
    return { title, href: href.href, mark, where: where.filter(Boolean), fact: part.title ? fact : "", kind: hit.kind };
  };

  // -- the dialog
  const make = (name, attributes = {}, ...content) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...content);
    return element;
  };
  const drawing = (symbol, className) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", className);
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#${symbol}`);
    svg.append(use);
    return svg;
  };
  const say = (key, values = {}) => {
    let text = first.words[key] ?? key;
    if (typeof text === "object") text = text[new Intl.PluralRules(first.language).select(values.n)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  };
  const kept = (store, key, value) => {
    try {
      if (value === undefined) return store().getItem(key);
      if (value === null) store().removeItem(key); else store().setItem(key, value);
    } catch { /* a browser that keeps nothing */ }
    return null;
  };

  const GROUPS = { objectives: [1], "key-results": [2], investments: [3], directions: [4], units: [5, 0], people: [6], pages: [7] };
  let dialog, input, list, status, back, kinds, cycle, level, unit;
  let [turn, shown, reach, pause, active] = [0, 0, 0, 0, -1];
  let found = { hits: [], near: false };

  const build = () => {
    input = make("input", {
      type: "search", role: "combobox", "aria-label": say("query"), "aria-expanded": "false", "aria-controls": "hits",
      "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    });
    const close = make("button", { type: "button" }, say("close"));
    kinds = Object.keys(GROUPS).map((key) => make("button", { type: "button", "aria-pressed": "false", "data-kind": key }, say(key)));
    cycle = make("select", { "aria-label": say("cycle") });
    level = make("select", { "aria-label": say("level") }, new Option(say("any-level"), ""));
    unit = make("select", { "aria-label": say("unit") }, new Option(say("any-unit"), ""));
    list = make("div", { class: "hits", id: "hits", role: "listbox", "aria-label": say("results") });
    back = make("button", { type: "button", class: "further", hidden: true });
    status = make("span", { role: "status" });
    const slash = make("input", { type: "checkbox" });
    slash.checked = kept(() => localStorage, "okrbook-slash") !== "off";
    const key = (text) => make("kbd", {}, text);
    const keys = make("span", { class: "keys", "aria-hidden": "true" },
      key("↑"), " ", key("↓"), ` ${say("choose")} `, key("↵"), ` ${say("open")} `, key("Esc"), ` ${say("escape")}`);
    dialog = make("dialog", { class: "search", "aria-label": say("query") },
      make("div", { class: "q" }, drawing("i-search", "icon"), input, close),
      make("div", { class: "filters", role: "group", "aria-label": say("filters") },
        make("div", { class: "kinds", role: "group", "aria-label": say("kinds") }, ...kinds), cycle, level, unit),
      make("div", { class: "found" }, list, back),
      make("div", { class: "end" }, status, keys, make("label", { class: "slash" }, slash, ` ${say("slash")}`)));
    document.body.append(dialog);

    slash.addEventListener("change", () => {
      kept(() => localStorage, "okrbook-slash", slash.checked ? null : "off");
      dispatchEvent(new Event("okrbook-slash"));
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      const box = dialog.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      if (event.target === dialog && (x < box.left || x > box.right || y < box.top || y > box.bottom)) dialog.close();
    });
    input.addEventListener("input", () => later(HASTE));
    for (const button of kinds) {
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "false");
        later(0);
      });
    }
    for (const select of [cycle, level, unit]) select.addEventListener("change", () => later(0));
    level.addEventListener("change", fillUnits);
    cycle.addEventListener("change", () => { reach = 0; });
    back.addEventListener("click", () => { reach += STEP; input.focus(); later(0); });
    dialog.addEventListener("keydown", pressed);
    list.parentElement.addEventListener("scroll", () => {
      const { scrollTop, clientHeight, scrollHeight } = list.parentElement;
      if (scrollTop + clientHeight > scrollHeight - 80) showMore();
    }, { passive: true });
    list.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      kept(() => sessionStorage, "okrbook-query", input.value);
      if (link.href.split("#")[0] === location.href.split("#")[0]) dialog.close();
    });
    // the names of all units are read once somebody turns to the filters
    const filters = dialog.querySelector(".filters");
    for (const name of ["pointerover", "focusin", "touchstart"]) {
      filters.addEventListener(name, fillUnits, { once: true, passive: true });
    }
  };

  // what may have changed with the index since the dialog was last open
  const fill = () => {
    const chosen = cycle.value;
    cycle.replaceChildren(new Option(say("present"), ""), ...first.parts.filter(([, title]) => title).map(([id, title]) => new Option(title, id)));
    cycle.value = [...cycle.options].some((option) => option.value === chosen) ? chosen : "";
    const wanted = level.value;
    level.replaceChildren(new Option(say("any-level"), ""), ...first.levels.map((name, at) => new Option(name, at)));
    level.value = wanted;
    level.hidden = first.levels.length < 2;
  };
  const fillUnits = async () => {
    const names = await load(`units/${first.units}.js`).catch(() => []);
    const [chosen, of] = [unit.value, levels()];
    const groups = first.levels.map((name, at) => {
      const group = make("optgroup", { label: name });
      names.forEach((title, number) => { if (of[number] === at) group.append(new Option(title, number)); });
      return group;
    });
    const fitting = groups.filter((group, at) => group.children.length && (level.value === "" || Number(level.value) === at));
    unit.replaceChildren(unit.options[0], ...fitting);
    const still = [...unit.options].some((option) => option.value === chosen);
    unit.value = still ? chosen : "";
    if (!still) later(0);
  };
  let known = null;
  const levels = () => {
    if (known?.text !== first.of) known = { text: first.of, list: [...first.of].map((digit) => VALUE.get(digit)) };
    return known.list;
  };

  const pressed = (event) => {
    if (event.key === "Escape") {
      event.preventDefault(); // else the browser first empties the field
      dialog.close();
      return;
    }
    if (event.target !== input || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && list.children[active]) {
      event.preventDefault();
      const { ctrlKey, metaKey, shiftKey } = event;
      list.children[active].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
    }
  };
  const choose = (at) => {
    const options = [...list.children];
    active = Math.max(-1, Math.min(at, options.length - 1));
    if (active < 0 && options.length) active = 0;
    options.forEach((option, number) => option.setAttribute("aria-selected", number === active));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options[active].id);
    options[active]?.scrollIntoView({ block: "nearest" });
    if (active > options.length - 3) showMore();
  };

  // -- searching
  const later = (delay) => {
    clearTimeout(pause);
    pause = setTimeout(search, delay);
  };
  const isEnded = (part) => part[2] === "ended";
  const reached = () => {
    if (cycle.value) return first.parts.filter(([id]) => id === cycle.value);
    const cycles = first.parts.filter(([, , phase]) => phase);
    const ended = cycles.filter(isEnded);
    const present = cycles.filter((part) => !isEnded(part));
    const apart = first.parts.filter(([, , phase]) => !phase);
    return [...apart, ...present, ...ended.slice(0, reach || (present.length ? 0 : 1))];
  };
  const fitting = () => {
    const pressed = kinds.filter((button) => button.getAttribute("aria-pressed") === "true");
    const wanted = new Set(pressed.flatMap((button) => GROUPS[button.dataset.kind]));
    const of = levels();
    return (part, leaf, kind) => {
      const number = part.title ? leaf - 2 : leaf;
      return (!wanted.size || wanted.has(kind))
        && (level.value === "" || of[number] === Number(level.value))
        && (unit.value === "" || number === Number(unit.value));
    };
  };
  const search = async (again = true) => {
    clearTimeout(pause);
    const mine = ++turn;
    const typed = asked(input.value);
    const parts = reached();
    try {
      const result = typed.length ? await find(typed, parts, fitting()) : { hits: [], near: false };
      if (mine !== turn) return;
      await show(result, typed, parts, mine);
    } catch {
      // the site was published anew since this page was opened: its index has other names
      if (mine !== turn) return;
      if (again && await renew(`index.js?${Date.now()}`)) { await search(false); return; }
      if (mine !== turn) return;
      list.replaceChildren();
      choose(-1);
      status.textContent = say("failed");
    }
  };
  const show = async (result, typed, parts, mine) => {
    const views = await Promise.all(result.hits.slice(0, PAGE).map(described));
    if (mine !== turn) return;
    found = { ...result, typed };
    shown = views.length;
    list.replaceChildren(...views.map(option));
    list.parentElement.scrollTop = 0;
    input.setAttribute("aria-expanded", String(shown > 0));
    choose(-1);
    const ended = first.parts.filter(isEnded);
    const next = ended.slice(parts.filter(isEnded).length);
    back.hidden = !typed.length || Boolean(cycle.value) || !next.length;
    back.textContent = next.length ? say("further", { cycle: next[Math.min(STEP, next.length) - 1][1] }) : "";
    status.textContent = !typed.length ? ""
      : !shown ? say("nothing", { query: input.value.trim() })
      : result.many ? say("found-many")
      : say(result.near ? "found-near" : "found", { n: result.hits.length });
  };
  let busy = false;
  const showMore = async () => {
    if (busy || shown >= found.hits.length) return;
    busy = true;
    const mine = turn;
    const views = await Promise.all(found.hits.slice(shown, shown + PAGE).map(described)).catch(() => []);
    busy = false;
    if (mine !== turn) return;
    list.append(...views.map((view, at) => option(view, shown + at)));
    shown += views.length;
  };
  const option = (view, at) => {
    const link = make("a", { role: "option", id: `hit-${at}`, href: view.href, tabindex: "-1", "aria-selected": "false" });
    const [symbol, className = ""] = view.mark.split(" ");
    link.append(view.mark ? drawing(symbol, `mark ${className}`.trim()) : make("span"));
    link.append(make("span", { class: [1, 2, 3].includes(view.kind) ? "t words" : "t" }, ...marked(view.title)));
    const where = view.where.flatMap((text, at) => [at ? say("separator") : "", ...marked(text)]);
    link.append(make("span", { class: "p" }, ...where));
    const fact = view.fact ? [make("b", {}, view.fact), " "] : [];
    link.append(make("span", { class: "v" }, ...fact, first.words["kinds-of"][view.kind]));
    return link;
  };
  // the letters of a text that were asked for
  const marked = (text) => {
    const parts = [];
    let done = 0;
    for (const { 0: run, index } of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)) {
      const plain = fold(run);
      for (const word of found.typed ?? []) {
        const at = unspaced.test(word.text) ? run.indexOf(word.text) : plain.startsWith(word.text) ? 0 : -1;
        if (at < 0 || index + at < done) continue;
        let length = 1;
        while (length < run.length - at && fold(run.slice(at, at + length)).length < word.text.length) length += 1;
        parts.push(text.slice(done, index + at), make("mark", {}, text.slice(index + at, index + at + length)));
        done = index + at + length;
        break;
      }
    }
    return [...parts, text.slice(done)];
  };

  const renew = async (path) => {
    try {
      const { href } = new URL(path, index);
      first = await fetched(href);
      if (dialog) fill();
      return true;
    } catch { return false; }
  };
  okrbookSearch.words = words;
  okrbookSearch.open = async () => {
    if (dialog?.open) { input.select(); return; }
    if (!(await renew("index.js")) && !first) throw new Error("there is no index");
    if (!dialog) { build(); fill(); }
    if (dialog.open) return;
    dialog.showModal();
    input.value ||= kept(() => sessionStorage, "okrbook-query") || "";
    input.select();
    later(0);
  };
})();
