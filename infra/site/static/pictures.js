// Draws the pictures, and draws them again when the page turns dark or light.
const sources = new Map();

function dark() {
  const chosen = document.body.dataset.theme;
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

async function draw() {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: dark() ? "dark" : "neutral" });
  for (const [place, source] of sources) {
    place.removeAttribute("data-processed");
    place.textContent = source;
  }
  await mermaid.run({ nodes: [...sources.keys()] });
}

addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("pre.mermaid")) sources.set(place, place.textContent);
  if (sources.size === 0) return;
  draw();
  new MutationObserver(draw).observe(document.body, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
});
