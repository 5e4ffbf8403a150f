// Everything works without this file; it spares page loads and key strokes. State stays in the address.
(() => {
  const id = (name) => document.getElementById(name);
  const box = id("q"), status = id("status");
  let pending, timer, shown = location.pathname + location.search;

  const isOff = (name) => localStorage.getItem(name) === "off";
  const say = (text) => { status.textContent = ""; setTimeout(() => (status.textContent = text), 500); };

  // Filters stand beside the results on wide screens; browsers without ::details-content need them opened.
  const unfold = () => {
    const filters = document.querySelector(".filters");
    if (filters && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60.01rem)").matches) filters.open = true;
  };

  // The values of a facet stay where they are until the page is loaded again: none moves under a pointer.
  function settle(view, next) {
    for (const old of view.querySelectorAll(".facet")) {
      const part = next.querySelector("#" + old.id);
      if (!part) continue;
      part.style.minBlockSize = `${old.offsetHeight}px`;
      const places = new Map([...old.querySelectorAll("input[id]")].map((input, place) => [input.id, place]));
      for (const boxes of part.querySelectorAll(".boxes, .sizes")) {
        const rows = [...boxes.children].filter((row) => row.matches("label")).map((label) => {
          const row = [label];
          for (let other = label.nextElementSibling; other && !other.matches("label, .out"); other = other.nextElementSibling) row.push(other);
          return row;
        });
        const place = (row, i) => places.get(row[0].firstElementChild.id) ?? 1000 + i;
        boxes.append(...rows.map((row, i) => [place(row, i), row]).sort((one, other) => one[0] - other[0]).flatMap(([, row]) => row));
      }
    }
  }

  // Fetch the same page and put its <main> in place of ours: there is one way of rendering, that of the server.
  async function show(address, { push = true, focus = "" } = {}) {
    pending?.abort();
    const mine = (pending = new AbortController()), view = id("view");
    const open = new Map([...view.querySelectorAll("details[id]")].map((part) => [part.id, part.open]));
    view.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html"), next = page.getElementById("view");
      if (!next) return location.assign(address);
      for (const part of next.querySelectorAll("details")) part.open = open.get(part.id) ?? part.open;
      focus ||= document.activeElement?.id;
      const top = id(focus)?.getBoundingClientRect().top;
      if (push) settle(view, next);
      view.replaceWith(next);
      ready();
      document.title = page.title;
      if (push) history.pushState(null, "", answer.url);
      shown = location.pathname + location.search;
      if (box && box !== document.activeElement) box.value = page.getElementById("q").value;
      const target = focus && id(focus) || id("count");
      target.focus({ preventScroll: true });
      if (target.id === focus && target.matches("input, select")) scrollBy(0, target.getBoundingClientRect().top - top);
      say(next.dataset.status);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  const formAddress = (form) =>
    form.action + "?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value));

  // A chart is one stop of the Tab key; arrows move in it.
  function chart(bars) {
    const links = [...bars.querySelectorAll("a")];
    const stop = (link) => links.forEach((other) => other.setAttribute("tabindex", other === link ? 0 : -1));
    stop(links.find((link) => link.matches(".on")) ?? links[0]);
    bars.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -links.length, End: links.length }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = links[Math.min(Math.max(links.indexOf(document.activeElement) + step, 0), links.length - 1)];
      stop(next);
      next.focus();
    });
  }

  // What to do with one value: the links of its page, without going there.
  function actions(more) {
    const isOpen = more.nextElementSibling?.matches(".acts");
    document.querySelector(".boxes .acts")?.remove();
    document.querySelector(".more[aria-expanded]")?.removeAttribute("aria-expanded");
    if (isOpen) return;
    const input = more.previousElementSibling.querySelector("input"), name = input.name;
    const address = (value) => {
      const kept = [...new FormData(box.form)].filter(([key, text]) => text && key !== name + ".op" && (value[0] === "-" ? text !== input.value || key !== name : key !== name));
      return box.form.action + "?" + new URLSearchParams([...kept, [name, value]]);
    };
    const rest = more.getAttribute("aria-label").split(": ").slice(1).join(": "), row = document.createElement("span");
    const add = (text, url) => {
      const link = document.createElement("a"), unseen = document.createElement("span");
      Object.assign(unseen, { className: "unseen", textContent: " " + rest });
      link.append(text, unseen);
      link.href = url;
      row.append(link);
    };
    row.className = "acts";
    add("only", address(input.value));
    add("exclude", address("-" + input.value.replace(/^\\/, "")));
    if (/^(person|org|place|system)$/.test(name)) add("about", "/entity/" + encodeURIComponent(input.value));
    more.setAttribute("aria-expanded", "true");
    more.after(row);
    row.firstChild.focus();
  }

  // The chart of dates stays folded where a reader folded it.
  function keepFold() {
    const dates = id("dates");
    if (!dates) return;
    dates.open = !isOff("dates");
    dates.addEventListener("toggle", () => localStorage.setItem("dates", dates.open ? "on" : "off"));
  }

  function ready() {
    unfold();
    keepFold();
    document.querySelectorAll(".bars").forEach(chart);
  }
  ready();

  if (id("view")) {
    if (isOff("live")) document.documentElement.classList.add("still");
    document.addEventListener("change", ({ target }) => {
      if (target !== box && target.form?.id === "search" && !isOff("live")) show(formAddress(target.form));
    });
    document.addEventListener("submit", (event) => {
      if (event.target.id !== "search") return;
      event.preventDefault();
      show(formAddress(event.target));
    });
    document.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      const more = event.target.closest(".boxes .more"), link = event.target.closest(".chip, .clear, .lacks a, .time a, .boxes .acts a, .boxes .out a");
      if (more?.previousElementSibling.matches("label")) {
        event.preventDefault();
        actions(more);
      } else if (link && new URL(link.href.baseVal ?? link.href, location).pathname === "/search") {
        event.preventDefault();
        const chips = [...document.querySelectorAll(".chip")], after = chips[chips.indexOf(link) + 1];
        show(link.href.baseVal ?? link.href, { focus: link.matches(".chip") && after ? after.id : "count" });
      }
    });
    document.addEventListener("keydown", (event) => {
      const row = event.key === "Escape" && document.querySelector(".boxes .acts"), more = row && row.previousElementSibling;
      if (more) actions(more), more.focus();
    });
    // A link within the page goes through the history too, but shows nothing else.
    addEventListener("popstate", () => shown !== location.pathname + location.search && show(location.href, { push: false }));
  }

  for (const name of ["keys", "live"]) {
    const tick = id(name);
    if (!tick) continue;
    tick.checked = !isOff(name);
    tick.addEventListener("change", () => localStorage.setItem(name, tick.checked ? "on" : "off"));
  }

  // The keys, as the help lists them.
  async function showKeys() {
    const page = new DOMParser().parseFromString(await (await fetch("/help")).text(), "text/html");
    const dialog = document.createElement("dialog"), close = document.createElement("button");
    Object.assign(close, { textContent: "Close", onclick: () => dialog.close() });
    dialog.setAttribute("aria-label", "Keys");
    dialog.append(page.getElementById("key-list"), close);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  // The next or previous result; in an article, the next or previous place of its bar.
  function step(by) {
    const links = [...document.querySelectorAll(".hits h3 a")], at = links.indexOf(document.activeElement);
    if (links.length) links[Math.min(Math.max(at + by, 0), links.length - 1)].focus();
    else document.querySelector(`.steps-bar [data-step="${by}"]`)?.click();
  }

  function openFilters() {
    const filters = document.querySelector(".filters");
    if (!filters) return;
    if (matchMedia("(max-width: 60rem)").matches) filters.open = true;
    filters.querySelector(".facet[open] input, .facet:not([open]) summary")?.focus();
  }

  // Keys of one letter can be switched off: they get in the way of those who speak to their computer.
  const actsOf = { "/": () => { box?.focus(); box?.select(); }, "?": showKeys, f: openFilters, j: () => step(1), k: () => step(-1) };
  document.addEventListener("keydown", (event) => {
    const act = actsOf[event.key];
    if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isOff("keys")) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea, dialog")) return;
    event.preventDefault();
    act();
  });

  // Suggestions: an editable combobox with a list; nothing is chosen until the reader does so.
  if (!box) return;
  const list = document.createElement("ul");
  Object.assign(list, { id: "offers", className: "offers", hidden: true, role: "listbox", ariaLabel: "Suggestions" });
  box.form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "offers", "aria-expanded": "false" })) box.setAttribute(name, value);
  let current = -1, offers = [];

  const mark = (index) => {
    current = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", i === index));
    index < 0 ? box.removeAttribute("aria-activedescendant") : box.setAttribute("aria-activedescendant", `offer-${index}`);
  };
  const fold = (isOpen) => { list.hidden = !isOpen; box.setAttribute("aria-expanded", isOpen); mark(-1); };

  async function offer() {
    const text = box.value.trim();
    if (text.length < 2) return fold(false);
    const answer = await fetch("/api/v1/suggest?" + new URLSearchParams({ q: text })).then((reply) => reply.json(), () => ({}));
    if (text !== box.value.trim() || document.activeElement !== box) return;
    offers = answer.suggestions ?? [];
    list.replaceChildren(...offers.map((item, i) => {
      const line = document.createElement("li"), name = document.createElement("bdi"), note = document.createElement("span");
      Object.assign(line, { id: `offer-${i}`, role: "option" });
      Object.assign(name, { className: `k ${item.kind}`, textContent: item.name });
      Object.assign(note, { className: "n", textContent: item.note });
      line.append(name, note);
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); location.assign(item.url); });
      return line;
    }));
    fold(offers.length > 0);
    if (offers.length) say(`${offers.length} suggestions`);
  }

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(offer, 150); });
  box.addEventListener("blur", () => fold(false));
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); fold(false); }
    else if (event.key === "Enter" && current >= 0) { event.preventDefault(); location.assign(offers[current].url); }
    else if (event.key === "Enter") { clearTimeout(timer); fold(false); }
    else if (step && !list.hidden) {
      event.preventDefault();
      mark((current + step + (offers.length + 1) + 1) % (offers.length + 1) - 1);
    }
  });
})();
