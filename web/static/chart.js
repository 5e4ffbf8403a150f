// Arrows, Home and End move from bar to bar of a chart.
import { all, stopAt } from "./site.js";

export default function move(bars, key) {
  const links = all("a", bars);
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -links.length, End: links.length }[key];
  const next = links[Math.min(Math.max(links.indexOf(document.activeElement) + step, 0), links.length - 1)];
  stopAt(links, next);
  next.focus();
}
