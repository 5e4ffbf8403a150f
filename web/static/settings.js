// The settings that a browser keeps for its scripts: keys of one letter, and results that update at once.
import { id, isOff } from "./site.js";

for (const name of ["keys", "live"]) {
  const tick = id(name);
  if (!tick) continue;
  tick.checked = !isOff(name);
  tick.addEventListener("change", () => localStorage.setItem(name, tick.checked ? "on" : "off"));
}
