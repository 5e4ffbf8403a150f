// Editing works without this file; it spares page loads in the queue of duplicates and brings "wrong?" to the mention.
(() => {
  const status = document.getElementById("status");
  const say = (text) => { status.textContent = ""; setTimeout(() => (status.textContent = text), 100); };
  const pairs = () => [...document.querySelectorAll("li:has(> .pair)")];
  const current = () => document.activeElement?.closest("li:has(> .pair)") ?? document.querySelector("li:has(> .pair):target") ?? pairs()[0];
  const head = (pair) => pair?.querySelector("h2");
  let isBusy = false;

  // Send a form and show the page that answers in place of this one, with the next pair focused and told.
  async function send(form, button) {
    if (isBusy) return;
    isBusy = true;
    const main = document.getElementById("main");
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html"), next = page.getElementById("main");
      document.getElementById("done")?.remove();
      const done = page.getElementById("done"), back = answer.url.split("#")[1] ?? form.elements.back?.value.split("#")[1];
      if (done) main.before(done);
      main.replaceWith(next);
      document.title = page.title;
      if (answer.redirected) history.replaceState(null, "", answer.url);
      const pair = (back && document.getElementById(back)) || pairs()[0], target = head(pair) ?? next.querySelector("h1");
      target.tabIndex = -1;
      target.focus();
      say([(done ?? next.querySelector("[role=alert]"))?.querySelector("p")?.textContent ?? next.querySelector("[role=alert]")?.textContent, pair ? "Next: " + head(pair).textContent : "Nothing left on this page."].filter(Boolean).join(" "));
    } catch {
      form.submit();
    } finally {
      isBusy = false;
      document.getElementById("main").removeAttribute("aria-busy");
    }
  }

  if (location.pathname === "/suggestions") {
    document.addEventListener("submit", (event) => {
      if (!event.target.matches(".pair, .undo")) return;
      event.preventDefault();
      send(event.target, event.submitter);
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
      if (localStorage.getItem("keys") === "off") return;
      const pair = current(), all = pairs(), step = { j: 1, k: -1 }[event.key];
      const button = { y: pair?.querySelector(".yes"), n: pair?.querySelector(".no"), u: document.querySelector("#done .undo button") }[event.key];
      if (step && all.length) {
        event.preventDefault();
        head(all[Math.min(Math.max(all.indexOf(pair) + (pair?.contains(document.activeElement) ? step : 0), 0), all.length - 1)]).focus();
      } else if (button) {
        event.preventDefault();
        button.form.requestSubmit(button);
      }
    });
  }

  // In an article, the mention that is focused or under the pointer offers to say that it is wrong.
  if (location.pathname.startsWith("/article/")) {
    const ask = document.createElement("a"), article = decodeURIComponent(location.pathname.slice("/article/".length));
    let timer;
    Object.assign(ask, { className: "ask", textContent: "wrong?" });
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
    document.addEventListener("focusin", offer);
    document.addEventListener("pointerover", offer);
  }
})();
