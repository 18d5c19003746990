// Draws the charts of a report, in the colours of the reader's theme. Without this script their numbers stand open as tables.
(() => {
  "use strict";
  const root = document.documentElement;
  const kept = JSON.parse(document.getElementById("figures").textContent);
  const places = [...document.querySelectorAll("[data-chart]")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const printed = matchMedia("print");
  const drawn = new Set();
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(",");
  const see = Object.fromEntries(Object.entries(kept.dark).map(([light, other]) => [parts(light), parts(other)]));

  const turned = (value) => {
    if (Array.isArray(value)) return value.map(turned);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, turned(one)]));
    if (typeof value !== "string") return value;
    if (kept.dark[value]) return kept.dark[value];
    const found = /^rgba\((\d+,\d+,\d+),/.exec(value);
    if (found && see[found[1]]) return value.replace(found[1], see[found[1]]);
    return value.includes("style='color:") ? value.replace(/(style='color:)(#[0-9a-f]{6})/g, (all, start, hex) => start + (kept.dark[hex] || hex)) : value;
  };

  const draw = (place) => {
    const night = dark.matches && !printed.matches;
    const copy = JSON.parse(JSON.stringify(kept.charts[Number(place.dataset.chart)]));
    copy.layout.template = kept.template;
    const { data, layout } = night ? turned(copy) : copy;
    drawn.add(place);
    window.Plotly.react(place, data, layout, { displayModeBar: false, responsive: true });
  };

  const again = () => drawn.forEach(draw);
  const all = () => { places.forEach(draw); };
  const terms = () => { for (const one of document.querySelectorAll(".counted")) one.open = true; };
  const tables = (open) => { for (const place of places) place.parentElement.querySelector("details").open = open; };

  const start = () => {
    if (!window.Plotly) return;
    root.classList.add("scripted");
    tables(false);
    if (matchMedia("(min-width: 641px)").matches) terms();
    const near = new IntersectionObserver((seen) => {
      for (const one of seen) if (one.isIntersecting) { near.unobserve(one.target); draw(one.target); }
    }, { rootMargin: "800px" });
    places.forEach((place) => near.observe(place));
    dark.addEventListener("change", again);
    addEventListener("beforeprint", () => { all(); terms(); });
    printed.addEventListener("change", () => { if (printed.matches) all(); else again(); });
  };
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
})();
