// Keys of one letter: to the search box and the filters, from result to result, and the list of all keys.
import { all, box, make, read } from "./site.js";

// The keys, as the help lists them.
async function list() {
  const keys = (await read(fetch("/help"))).getElementById("key-list");
  const close = make("button", { textContent: "Close", onclick: () => dialog.close() });
  const dialog = make("dialog", { ariaLabel: "Keys", onclose: () => dialog.remove() }, keys, close);
  document.body.append(dialog);
  dialog.showModal();
}

// The next or previous result; in an article, the next or previous place of its bar.
function step(by) {
  const links = all(".hits h3 a"), at = links.indexOf(document.activeElement);
  if (links.length) links[Math.min(Math.max(at + by, 0), links.length - 1)].focus();
  else document.querySelector(`.steps-bar [data-step="${by}"]`)?.click();
}

function filters() {
  const filters = document.querySelector(".filters");
  if (!filters) return;
  if (matchMedia("(max-width: 60rem)").matches) filters.open = true;
  filters.querySelector(".facet[open] input, .facet:not([open]) summary")?.focus();
}

const acts = { "/": () => { box?.focus(); box?.select(); }, "?": list, f: filters, j: () => step(1), k: () => step(-1) };
export default (key) => acts[key]();
