// Results without a page load: filters, dates, sorting and the history. It shows the <main> of the page that the server
// would send: there is one way of rendering.
import { all, box, here, id, read, ready, say, state } from "./site.js";

let pending;

// The values of a facet stay where they are until the page is loaded again: none moves under a pointer.
function settle(view, next) {
  for (const old of all(".facet", view)) {
    const part = next.querySelector("#" + old.id);
    if (!part) continue;
    part.style.minBlockSize = `${old.offsetHeight}px`;
    const places = new Map(all("input[id]", old).map((input, place) => [input.id, place]));
    for (const boxes of all(".boxes, .sizes", part)) {
      const rows = all(":scope > label", boxes).map((label, i) => {
        const row = [label], place = places.get(label.firstElementChild.id) ?? 1000 + i;
        while (row.at(-1).nextElementSibling?.matches(":not(label, .out)")) row.push(row.at(-1).nextElementSibling);
        return { place, row };
      });
      boxes.append(...rows.sort((one, other) => one.place - other.place).flatMap(({ row }) => row));
    }
  }
}

async function show(address, { push = true, focus = "" } = {}) {
  pending?.abort();
  const mine = (pending = new AbortController()), view = id("view");
  const open = new Map(all("details[id]", view).map((part) => [part.id, part.open]));
  view.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: mine.signal });
    const page = await read(answer), next = page.getElementById("view");
    if (!next) return location.assign(address);
    for (const part of all("details", next)) part.open = open.get(part.id) ?? part.open;
    focus ||= document.activeElement?.id;
    const top = id(focus)?.getBoundingClientRect().top;
    if (push) settle(view, next);
    view.replaceWith(next);
    ready();
    document.title = page.title;
    if (push) history.pushState(null, "", answer.url);
    state.shown = here();
    if (box && box !== document.activeElement) box.value = page.getElementById("q").value;
    const target = focus && id(focus) || id("count");
    target.focus({ preventScroll: true });
    if (target.id === focus && target.matches("input, select")) scrollBy(0, target.getBoundingClientRect().top - top);
    say(next.dataset.status);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// Show what a form or a link asks for; without either, the address to which the history went.
export default function follow(from) {
  if (!from) return show(location.href, { push: false });
  if (from.matches("form")) return show(from.action + "?" + new URLSearchParams([...new FormData(from)].filter(([, value]) => value)));
  const chips = all(".chip"), after = chips[chips.indexOf(from) + 1];
  return show(from.href.baseVal ?? from.href, { focus: from.matches(".chip") && after ? after.id : "count" });
}
