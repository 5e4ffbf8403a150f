// Suggestions below the search box: an editable combobox with a list; nothing is chosen until the reader does so.
import { box, make, say } from "./site.js";

const list = make("ul", { id: "offers", className: "offers", hidden: true, role: "listbox", ariaLabel: "Suggestions" });
box.form.append(list);
let current = -1, offers = [], timer;

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
  list.replaceChildren(...offers.map(({ kind, name, note, url }, i) => make(
    "li", { id: `offer-${i}`, role: "option", onpointerdown: (event) => { event.preventDefault(); location.assign(url); } },
    make("bdi", { className: `k ${kind}`, textContent: name }), make("span", { className: "n", textContent: note }),
  )));
  fold(offers.length > 0);
  if (offers.length) say(`${offers.length} suggestions`);
}

const soon = () => { clearTimeout(timer); timer = setTimeout(offer, 150); };
box.addEventListener("input", soon);
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

// With `typed`, the letters came before this file.
export default (typed) => { if (typed) soon(); };
