// In an article: the card of a name beside the name, and the address of a sentence. Without this file a card opens at the foot of the window.
import { id, make, on } from "./site.js";

function show(card, mention) {
  card.popover = "auto";
  card.showPopover();
  const place = mention.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = card;
  const below = place.bottom + 6 + height < innerHeight;
  card.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  card.style.top = `${below ? place.bottom + 6 : Math.max(8, place.top - height - 6)}px`;
  card.querySelector("a").focus({ preventScroll: true });
}

on("click", (event) => {
  const mention = event.target.closest("a.e[href^='#c-']"), close = event.target.closest(".card .close");
  const card = mention ? id(decodeURIComponent(mention.hash.slice(1))) : close?.closest(".card");
  if (!card?.showPopover || event.metaKey || event.ctrlKey || event.shiftKey || event.button || (close && !card.matches(":popover-open"))) return;
  event.preventDefault();
  close ? card.hidePopover() : show(card, mention);
});

// The sentence under the pointer, or with the focus, offers its address.
const link = make("a", { className: "sentence-link", textContent: "link", ariaLabel: "Address of this sentence" });
const offer = ({ target }) => {
  const sentence = target.closest?.(".body [id^='s-']");
  if (!sentence || sentence.contains(link)) return;
  link.href = "#" + sentence.id;
  sentence.append(link);
};
on("pointerover", offer);
on("focusin", offer);
link.addEventListener("click", () => navigator.clipboard?.writeText(link.href).then(() => (link.textContent = "copied"), () => {}));
link.addEventListener("pointerleave", () => (link.textContent = "link"));
