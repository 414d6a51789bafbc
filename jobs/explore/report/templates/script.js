"use strict";
const samples = [...document.querySelectorAll(".sample")].map((element) => ({
  element,
  fate: element.parentElement,
  text: element.textContent.toLowerCase(),
}));
const fates = new Map(samples.map(({ fate }) => [fate, fate.open]));
const search = document.getElementById("search");

function find(words) {
  const found = samples.filter((sample) => {
    sample.element.hidden = !words.every((word) => sample.text.includes(word));
    return !sample.element.hidden;
  });
  const shown = new Set(found.map(({ fate }) => fate));
  for (const [fate, open] of fates) {
    fate.hidden = !shown.has(fate);
    fate.open = words.length ? shown.has(fate) : open;
  }
  search.querySelector("output").textContent = words.length ? `${found.length} of ${samples.length}` : "";
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let element = target; element; element = element.parentElement) {
    if (element.tagName === "DETAILS") element.open = true;
  }
  if (target) target.scrollIntoView();
}

search.hidden = samples.length === 0;
search.addEventListener("submit", (event) => event.preventDefault());
search.addEventListener("input", (event) => find(event.target.value.toLowerCase().split(/\s+/).filter(Boolean)));
addEventListener("hashchange", reveal);
if (location.hash) reveal();
