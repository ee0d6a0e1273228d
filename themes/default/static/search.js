// The search: a dialog over the page, and the index that it asks. Loaded when it is first opened, and on a page
// that a search led to.
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
  const NEAREST = 4; // words that a misspelt one may mean
  const EXCERPT = 150; // letters of a text that a result shows

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
      const texts = entries(list.texts).map(({ from, file }) => ({ from: Number(from), file }));
      opened.set(file, { id, stride: list.stride, terms: entries(list.terms), spelt: entries(list.spelt), leaves, texts });
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

  // the files in which words that begin with a text can stand
  const beginning = (list, text, open) => {
    const files = [];
    const begin = Math.max(0, lastBefore(list, text));
    for (let at = begin; at < list.length; at += 1) {
      if (at > begin && !(open && list[at].from.startsWith(text))) break;
      files.push(list[at].file);
    }
    return files;
  };
  const loadAll = (part, files) => Promise.all(files.map((file) => load(`${part.id}/${file}.js`)));

  // where a word stands in a part: places with their weight, and whether it is everywhere
  const lookUp = async (part, word) => {
    const found = { at: new Map(), flags: new Map(), everywhere: false };
    for (const text of await loadAll(part, beginning(part.terms, word.text, word.open))) {
      for (const line of text.split(" ")) {
        if (!line.startsWith(word.text)) continue;
        const colon = line.indexOf(":");
        const term = line.slice(0, colon).replace("*", "");
        if (term !== word.text && !word.open) continue;
        if (line[colon - 1] === "*") found.everywhere = true;
        const near = (term === word.text ? 1 : 0.3 + 0.4 * word.text.length / term.length) * (word.weight || 1);
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

  // -- other words that may be meant
  // by how many letters a word differs from another, half a letter less from all of it than from its beginning
  const apart = (typed, other) => {
    let [before, last] = [[], [...other, ""].map((_, at) => at)];
    for (let row = 1; row <= typed.length; row += 1) {
      const next = [row];
      for (let at = 1; at <= other.length; at += 1) {
        next[at] = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + (typed[row - 1] !== other[at - 1]));
        const swapped = row > 1 && typed[row - 1] === other[at - 2] && typed[row - 2] === other[at - 1];
        if (swapped) next[at] = Math.min(next[at], before[at - 2] + 1);
      }
      [before, last] = [last, next];
    }
    return Math.min(last[other.length], Math.min(...last) + 0.5);
  };
  // the words that are nearest to a misspelt one; its first letter is taken to be right
  const spelt = async (parts, { text }) => {
    if (text.length < 4) return [];
    const lists = await Promise.all(parts.map((part) => loadAll(part, beginning(part.spelt, text[0], true))));
    let [least, nearest] = [text.length < 8 ? 1.5 : 2.5, []];
    for (const other of new Set(lists.flat().join(" ").split(" "))) {
      if (other[0] !== text[0] || other.length < text.length - 2) continue;
      const letters = apart(text, other);
      if (letters < least) [least, nearest] = [letters, []];
      if (letters === least) nearest.push(other);
    }
    return nearest.slice(0, NEAREST);
  };
  // a word with what it may mean: it is put right, or tried without its end, or where it is known, by its stem
  const meant = async (parts, word, looks) => {
    if (!word.open) return { words: [word], looks };
    const others = [];
    const known = looks.some((look) => look.at.size);
    const put = async (text, weight) => {
      const other = { text, open: true, weight };
      others.push({ word: other, looks: await lookUpAll(parts, other) });
      return others.at(-1).looks.some((look) => look.at.size);
    };
    if (known && word.text.length > 5) await put(word.text.slice(0, Math.max(4, word.text.length - 3)), 0.6);
    if (!known) for (const text of await spelt(parts, word)) await put(text, 0.8);
    for (let text = word.text; !known && !others.length && text.length > 3;) {
      text = text.slice(0, -1);
      if (!(await put(text, 0.6))) others.pop();
    }
    return {
      words: [word, ...others.map((other) => other.word)],
      looks: looks.map((look, at) => merged([look, ...others.map((other) => other.looks[at])])),
    };
  };
  const merged = (looks) => {
    const all = { at: new Map(), flags: new Map(), everywhere: looks.some((look) => look.everywhere) };
    for (const look of looks) {
      for (const [at, weight] of look.at) all.at.set(at, Math.max(weight, all.at.get(at) || 0));
      for (const [at, flags] of look.flags) if (!(flags & 8) || !all.flags.has(at)) all.flags.set(at, flags);
    }
    return all;
  };

  // places where enough of the words stand: there, in the objective, or in what the leaf is about
  const BONUS = [0.4, 0.5, 0.4, 0.2, 0.3, 0.6, 0.6, 0.25];
  const within = (part, order, looks, fits, enough) => {
    const narrow = looks.filter((look) => !look.everywhere);
    const hits = new Map();
    for (const look of narrow.length ? narrow : looks) {
      for (const [at, flags] of look.flags) {
        if (hits.has(at)) continue;
        const [leaf, code] = [Math.floor(at / FAR), at % FAR];
        if (!fits(part, leaf, flags & 7)) { hits.set(at, null); continue; }
        const above = code && leaf * FAR + 1 + Math.floor((code - 1) / part.stride) * part.stride;
        let score = BONUS[flags & 7] + 0.05 * (3 - (flags >> 4));
        let words = 0;
        for (const one of looks) {
          const weight = one.at.get(at) || 0.5 * (one.at.get(above) || 0) || 0.45 * (one.at.get(leaf * FAR) || 0)
            || (one.everywhere ? 0.05 : 0);
          score += weight;
          words += weight > 0;
        }
        hits.set(at, words < enough ? null : { part, order, leaf, code, kind: flags & 7, score, words });
      }
    }
    return [...hits.values()].filter(Boolean);
  };

  // all hits in some parts, the best first; where no place has all words, their near ones, then most of them
  const find = async (typed, chosen, fits) => {
    const parts = await Promise.all(chosen.map(open));
    const among = (looks, enough) => parts.flatMap((part, at) => within(part, at, looks.map((look) => look[at]), fits, enough));
    const looks = await Promise.all(typed.map((word) => lookUpAll(parts, word)));
    let words = typed;
    let hits = among(looks, typed.length);
    const near = !hits.length;
    if (near) {
      const wider = await Promise.all(typed.map((word, at) => meant(parts, word, looks[at])));
      words = wider.flatMap((one) => one.words);
      hits = among(wider.map((one) => one.looks), typed.length > 2 ? Math.max(2, Math.ceil(typed.length / 2)) : typed.length);
      const most = Math.max(...hits.map((hit) => hit.words));
      hits = hits.filter((hit) => hit.words === most);
    }
    hits.sort((a, b) => b.score - a.score || a.order - b.order || a.leaf - b.leaf || a.code - b.code);
    const many = parts.some((_, at) => looks.length && looks.every((look) => look[at].everywhere));
    return { hits, words, near: near && hits.length > 0, many };
  };

  // what a hit shows
  const recordOf = async (part, list, leaf) => {
    const at = lastBefore(list, leaf);
    return at < 0 ? null : (await load(`${part.id}/${list[at].file}.js`)).find(([number]) => number === leaf);
  };
  const described = async (hit, words) => {
    const { part, leaf, code } = hit;
    const record = await recordOf(part, part.leaves, leaf);
    const [, about, url, mark, note, things] = record;
    const thing = (wanted) => things.find(([number]) => number === wanted);
    const [, title, rest, fact] = code ? thing(code) : [0, about, "", note];
    const above = 1 + Math.floor((code - 1) / part.stride) * part.stride;
    const where = [code ? about : "", part.title, code && code !== above ? thing(above)?.[1] : ""];
    if (!part.title) where.push(fact);
    const href = new URL(location.protocol === "file:" ? url.replace(/(^|\/)$/, "$1index.html") + rest : url + rest, root);
    const view = { title, href: href.href, mark, where: where.filter(Boolean), fact: part.title ? fact : "", kind: hit.kind };
    // what is not found by its title shows what it says
    const shown = [title, ...view.where].flatMap((text) => begun(text, words));
    if (new Set(shown.map(({ word }) => word)).size < words.length) {
      const text = (await recordOf(part, part.texts, leaf))?.[1].find(([number]) => number === code)?.[1];
      view.says = text ? excerpt(text, words) : "";
    }
    return view;
  };
  // where words begin in a text
  const begun = (text, words) => {
    const found = [];
    let done = 0;
    for (const { 0: run, index } of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)) {
      const plain = fold(run);
      for (const word of words) {
        const at = unspaced.test(word.text) ? run.indexOf(word.text)
          : (word.open ? plain.startsWith(word.text) : plain === word.text) ? 0 : -1;
        if (at < 0 || index + at < done) continue;
        let length = 1;
        while (length < run.length - at && fold(run.slice(at, at + length)).length < word.text.length) length += 1;
        done = index + at + length;
        found.push({ from: index + at, to: done, word });
        break;
      }
    }
    return found;
  };
  // the stretch of a text in which most of the words begin
  const excerpt = (text, words) => {
    const all = begun(text, words);
    let [most, from] = [0, 0];
    for (const one of all) {
      const here = all.filter((other) => other.from >= one.from && other.to < one.from + EXCERPT - 40);
      const different = new Set(here.map(({ word }) => word)).size;
      if (different > most) [most, from] = [different, one.from];
    }
    if (!most) return "";
    const start = from < 40 ? 0 : text.indexOf(" ", from - 30) + 1 || from;
    const rest = text.slice(Math.min(start, from));
    const end = rest.length > EXCERPT ? rest.lastIndexOf(" ", EXCERPT) : rest.length;
    return `${start ? "… " : ""}${rest.slice(0, end > 0 ? end : EXCERPT)}${end < rest.length ? " …" : ""}`;
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
  let found = { hits: [], words: [], near: false };

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
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const words = found.words.map(({ text, open }) => ({ text, open }));
      kept(() => sessionStorage, "okrbook-found", JSON.stringify({ href: link.href, words }));
      if (!isHere(link.href)) return;
      dialog.close();
      setTimeout(okrbookSearch.mark);
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
      const result = typed.length ? await find(typed, parts, fitting()) : { hits: [], words: [], near: false };
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
    const views = await Promise.all(result.hits.slice(0, PAGE).map((hit) => described(hit, result.words)));
    if (mine !== turn) return;
    found = result;
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
    const views = await Promise.all(found.hits.slice(shown, shown + PAGE).map((hit) => described(hit, found.words))).catch(() => []);
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
    if (view.says) link.append(make("span", { class: view.kind < 5 ? "x words" : "x" }, ...marked(view.says)));
    const fact = view.fact ? [make("b", {}, view.fact), " "] : [];
    link.append(make("span", { class: "v" }, ...fact, first.words["kinds-of"][view.kind]));
    return link;
  };
  // the letters of a text that were asked for
  const marked = (text) => {
    let done = 0;
    const parts = begun(text, found.words).flatMap(({ from, to }) => {
      const before = text.slice(done, from);
      done = to;
      return [before, make("mark", {}, text.slice(from, to))];
    });
    return [...parts, text.slice(done)];
  };

  // -- on the page that a result led to: what was looked for is marked until Escape, and comes into sight
  const isHere = (href) => href.split("#")[0] === location.href.split("#")[0];
  const follows = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const mark = () => {
    const { href, words } = JSON.parse(kept(() => sessionStorage, "okrbook-found")) ?? {};
    kept(() => sessionStorage, "okrbook-found", null);
    if (!words || !isHere(href) || !CSS.highlights) return;
    const main = document.querySelector("main");
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const ranges = [];
    const blocks = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent.closest("svg, nav, .hidden")) continue;
      const block = parent.closest("p, li, td, th, dt, dd, blockquote, pre, h1, h2, h3, h4, h5, h6") ?? parent;
      for (const { from, to, word } of begun(node.data, words)) {
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, to);
        ranges.push(range);
        blocks.set(block, (blocks.get(block) ?? new Set()).add(word));
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
    // the block with most of the words, of those that the address names
    const target = document.getElementById(decodeURIComponent(new URL(href).hash.slice(1)));
    const next = target && [...main.querySelectorAll("h2, h3, h4, h5, h6")].find((heading) => follows(target, heading));
    const named = (block) => !target || target.contains(block)
      || (/^H\d$/.test(target.nodeName) && follows(target, block) && !(next && (block === next || follows(next, block))));
    const of = [...blocks.keys()].filter(named);
    const best = of.reduce((best, block) => (!best || blocks.get(block).size > blocks.get(best).size ? block : best), null);
    if (!best) return;
    for (let folded = best; (folded = folded.closest("details:not([open])"));) folded.open = true;
    const { top, bottom } = best.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) best.scrollIntoView({ block: "center", behavior: "instant" });
  };
  okrbookSearch.mark = () => {
    if (document.readyState === "complete") mark();
    else addEventListener("load", () => requestAnimationFrame(mark), { once: true });
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") CSS.highlights?.delete("found"); });

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
