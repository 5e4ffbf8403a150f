// Everything works without this file; it spares page loads and key strokes. State stays in the address.
(() => {
  const root = document.documentElement, id = (name) => document.getElementById(name);
  const box = id("q"), status = id("status");
  let pending, timer, shown = location.pathname + location.search;
  root.classList.add("js");

  const say = (text) => { status.textContent = ""; setTimeout(() => (status.textContent = text), 500); };

  // Filters stand beside the results on wide screens; browsers without ::details-content need them opened.
  const unfold = () => {
    const filters = document.querySelector(".filters");
    if (filters && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60.01rem)").matches) filters.open = true;
  };
  unfold();

  // Fetch the same page and put its <main> in place of ours: there is one way of rendering, that of the server.
  async function show(address, { push = true, focus = "" } = {}) {
    pending?.abort();
    const mine = (pending = new AbortController()), view = id("view");
    const open = new Set([...view.querySelectorAll("details[open]")].map((part) => part.id));
    view.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html"), next = page.getElementById("view");
      if (!next) return location.assign(address);
      for (const part of next.querySelectorAll("details")) if (open.has(part.id)) part.open = true;
      focus ||= document.activeElement?.id;
      view.replaceWith(next);
      unfold();
      document.title = page.title;
      if (push) history.pushState(null, "", answer.url);
      shown = location.pathname + location.search;
      if (box && box !== document.activeElement) box.value = page.getElementById("q").value;
      (focus && id(focus) || id("count")).focus({ preventScroll: true });
      say(next.dataset.status);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  const formAddress = (form) =>
    form.action + "?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value));

  if (id("view")) {
    document.addEventListener("change", ({ target }) => {
      if (target !== box && target.form?.id === "search") show(formAddress(target.form));
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest(".chips a, .time a");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const chips = [...document.querySelectorAll(".chip")], after = chips[chips.indexOf(link) + 1];
      show(link.href.baseVal ?? link.href, { focus: link.matches(".chip") && after ? after.id : "count" });
    });
    // A link within the page goes through the history too, but shows nothing else.
    addEventListener("popstate", () => shown !== location.pathname + location.search && show(location.href, { push: false }));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    box?.focus();
    box?.select();
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
    else if (step && !list.hidden) {
      event.preventDefault();
      mark((current + step + (offers.length + 1) + 1) % (offers.length + 1) - 1);
    }
  });
})();
