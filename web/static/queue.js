// The queue of possible duplicates without page loads: the next pair is focused and told. It works without this file.
import { all, id, isOff, on, read, say } from "./site.js";

const pairs = () => all("li:has(> .pair)");
const current = () => document.activeElement?.closest("li:has(> .pair)") ?? document.querySelector("li:has(> .pair):target") ?? pairs()[0];
const head = (pair) => pair?.querySelector("h2");
let isBusy = false;

// Send a form and show the page that answers in place of this one, with the next pair focused and told.
async function send(form, button) {
  if (isBusy) return;
  isBusy = true;
  const main = id("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
    const page = await read(answer), next = page.getElementById("main");
    id("done")?.remove();
    const done = page.getElementById("done"), back = answer.url.split("#")[1] ?? form.elements.back?.value.split("#")[1];
    if (done) main.before(done);
    main.replaceWith(next);
    document.title = page.title;
    if (answer.redirected) history.replaceState(null, "", answer.url);
    const pair = (back && id(back)) || pairs()[0], target = head(pair) ?? next.querySelector("h1");
    target.tabIndex = -1;
    target.focus();
    say([(done ?? next.querySelector("[role=alert]"))?.querySelector("p")?.textContent ?? next.querySelector("[role=alert]")?.textContent, pair ? "Next: " + head(pair).textContent : "Nothing left on this page."].filter(Boolean).join(" "));
  } catch {
    form.submit();
  } finally {
    isBusy = false;
    id("main").removeAttribute("aria-busy");
  }
}

on("submit", (event) => {
  if (!event.target.matches(".pair, .undo")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
on("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (isOff("keys")) return;
  const pair = current(), queue = pairs(), step = { j: 1, k: -1 }[event.key];
  const button = { y: pair?.querySelector(".yes"), n: pair?.querySelector(".no"), u: document.querySelector("#done .undo button") }[event.key];
  if (step && queue.length) {
    event.preventDefault();
    head(queue[Math.min(Math.max(queue.indexOf(pair) + (pair?.contains(document.activeElement) ? step : 0), 0), queue.length - 1)]).focus();
  } else if (button) {
    event.preventDefault();
    button.form.requestSubmit(button);
  }
});
