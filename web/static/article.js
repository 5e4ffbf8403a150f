// In an article: the card of a name beside the name, and the address of a sentence. Without this file a card opens at the foot of the window.
(() => {
  const plain = (event) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.button);

  function show(card, mention) {
    card.popover = "auto";
    card.showPopover();
    const place = mention.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = card;
    const below = place.bottom + 6 + height < innerHeight;
    card.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
    card.style.top = `${below ? place.bottom + 6 : Math.max(8, place.top - height - 6)}px`;
    card.querySelector("a").focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const mention = event.target.closest("a.e[href^='#c-']"), close = event.target.closest(".card .close");
    const card = mention ? document.getElementById(decodeURIComponent(mention.hash.slice(1))) : close?.closest(".card");
    if (!card?.showPopover || !plain(event) || (close && !card.matches(":popover-open"))) return;
    event.preventDefault();
    close ? card.hidePopover() : show(card, mention);
  });

  // The sentence under the pointer, or with the focus, offers its address.
  const link = document.createElement("a");
  link.className = "sentence-link";
  link.textContent = "link";
  const offer = ({ target }) => {
    const sentence = target.closest?.(".body [id^='s-']");
    if (!sentence || sentence.contains(link)) return;
    link.href = "#" + sentence.id;
    link.setAttribute("aria-label", "Address of this sentence");
    sentence.append(link);
  };
  document.addEventListener("pointerover", offer);
  document.addEventListener("focusin", offer);
  link.addEventListener("click", () => navigator.clipboard?.writeText(link.href).then(() => (link.textContent = "copied"), () => {}));
  link.addEventListener("pointerleave", () => (link.textContent = "link"));
})();
