// In an article, the mention that is focused or under the pointer offers to say that it is wrong.
import { make, on } from "./site.js";

const ask = make("a", { className: "ask", textContent: "wrong?" }), article = decodeURIComponent(location.pathname.slice("/article/".length));
let timer;
const offer = ({ target }) => {
  const mention = target.closest?.(".body a.e[id^=m-]");
  if (target === ask || (mention && mention.nextSibling === ask)) return clearTimeout(timer);
  if (!mention) return ask.isConnected && hide();
  clearTimeout(timer);
  ask.href = "/mention?" + new URLSearchParams({ article, at: mention.id.slice(2) });
  ask.setAttribute("aria-label", `Wrong? ${mention.textContent}`);
  mention.after(ask);
};
const hide = () => { clearTimeout(timer); timer = setTimeout(() => document.activeElement === ask || ask.remove(), 400); };
on("focusin", offer);
on("pointerover", offer);
