// "only", "exclude" and "about" beside a value of a facet, without going to the page that has them.
import { box, make, on } from "./site.js";

export default function toggle(more) {
  const isOpen = more.nextElementSibling?.matches(".acts");
  document.querySelector(".boxes .acts")?.remove();
  document.querySelector(".more[aria-expanded]")?.removeAttribute("aria-expanded");
  if (isOpen) return;
  const input = more.previousElementSibling.querySelector("input"), name = input.name;
  const address = (value) => {
    const kept = [...new FormData(box.form)].filter(([key, text]) => text && key !== name + ".op" && (value[0] === "-" ? text !== input.value || key !== name : key !== name));
    return box.form.action + "?" + new URLSearchParams([...kept, [name, value]]);
  };
  const textContent = " " + more.getAttribute("aria-label").split(": ").slice(1).join(": "), row = make("span", { className: "acts" });
  const add = (text, href) => row.append(make("a", { href }, text, make("span", { className: "unseen", textContent })));
  add("only", address(input.value));
  add("exclude", address("-" + input.value.replace(/^\\/, "")));
  if (/^(person|org|place|system)$/.test(name)) add("about", "/entity/" + encodeURIComponent(input.value));
  more.setAttribute("aria-expanded", "true");
  more.after(row);
  row.firstChild.focus();
}

on("keydown", (event) => {
  const more = event.key === "Escape" && document.querySelector(".boxes .acts")?.previousElementSibling;
  if (more) toggle(more), more.focus();
});
