// The script of all pages. Everything works without it; it spares page loads and key strokes, and state stays in the address.
// It does at once what a reader would see change later, and loads the module for the rest when it is first needed.
export const id = (name) => document.getElementById(name);
export const box = id("q");
export const isOff = (name) => localStorage.getItem(name) === "off";
export const say = (text) => { id("status").textContent = ""; setTimeout(() => (id("status").textContent = text), 500); };
export const read = async (answer) => new DOMParser().parseFromString(await (await answer).text(), "text/html");
export const here = () => location.pathname + location.search;
export const on = (type, act) => document.addEventListener(type, act);
export const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
export const make = (tag, given, ...parts) => {
  const element = Object.assign(document.createElement(tag), given);
  element.append(...parts);
  return element;
};
export const state = { shown: here() };

const use = (name, ...given) => import(`./${name}.js`).then((module) => module.default(...given));

// A chart is one stop of the Tab key.
export const stopAt = (links, link) => links.forEach((other) => other.setAttribute("tabindex", other === link ? 0 : -1));

export function ready() {
  // Filters stand beside the results on wide screens; browsers without ::details-content need them opened.
  const filters = document.querySelector(".filters"), dates = id("dates");
  if (filters && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60.01rem)").matches) filters.open = true;
  // The chart of dates stays folded where a reader folded it.
  if (dates) {
    dates.open = !isOff("dates");
    dates.addEventListener("toggle", () => localStorage.setItem("dates", dates.open ? "on" : "off"));
  }
  for (const bars of all(".bars")) {
    const links = all("a", bars);
    stopAt(links, links.find((link) => link.matches(".on")) ?? links[0]);
  }
}
ready();

if (id("view")) {
  if (isOff("live")) document.documentElement.classList.add("still");
  on("change", ({ target }) => {
    if (target !== box && target.form?.id === "search" && !isOff("live")) use("results", target.form);
  });
  on("submit", (event) => {
    if (event.target.id !== "search") return;
    event.preventDefault();
    use("results", event.target).catch(() => event.target.submit());
  });
  on("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    const more = event.target.closest(".boxes .more"), link = event.target.closest(".chip, .clear, .lacks a, .time a, .boxes .acts a, .boxes .out a");
    const address = link && (link.href.baseVal ?? link.href), [name, target, given] =
      more?.previousElementSibling.matches("label") ? ["actions", more.href, more] :
      link && new URL(address, location).pathname === "/search" ? ["results", address, link] : [];
    if (!name) return;
    event.preventDefault();
    use(name, given).catch(() => location.assign(target));
  });
  // A link within the page goes through the history too, but shows nothing else.
  addEventListener("popstate", () => state.shown !== here() && use("results", null).catch(() => location.reload()));
}

// Keys of one letter can be switched off: they get in the way of those who speak to their computer.
on("keydown", (event) => {
  const { key, target } = event, inChart = /^(Arrow(Left|Right)|Home|End)$/.test(key) && target.closest(".bars");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const isKey = /^[/?fjk]$/.test(key) && !isOff("keys") && !target.closest("input:not([type=checkbox], [type=radio]), select, textarea, dialog");
  if (!inChart && !isKey) return;
  event.preventDefault();
  inChart ? use("chart", inChart, key) : use("keys", key);
});

// Suggestions come with the first letters; what the box is, is known before.
if (box) {
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "offers", "aria-expanded": "false" })) box.setAttribute(name, value);
  const begin = ({ type }) => use("offers", type === "input");
  for (const type of ["input", "focus"]) box.addEventListener(type, begin, { once: true });
  if (box === document.activeElement) begin({});
}
