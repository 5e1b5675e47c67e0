// What a page gains from scripts: light and dark, parts that come later, switches, charts, downloads as shown.
import { drawAll, redrawAll, savers } from "./charts.js";
import { saveSvg, saveTable } from "./save.js";

const root = document.documentElement;

function dark() {
  return (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
}

function themes() {
  const button = document.querySelector("[data-theme-switch]");
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* it holds for this page, then */ }
    redrawAll();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
}

// Parts that take longer than the page are fetched when it is there; without scripts a link stands in their place.
async function parts() {
  for (const place of document.querySelectorAll("[data-part]")) {
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(place.dataset.part);
      if (answer.ok) {
        const part = new DOMParser().parseFromString(await answer.text(), "text/html");
        place.replaceChildren(...part.body.childNodes);
      }
    } catch { /* the link stays */ }
    place.removeAttribute("aria-busy");
  }
}

// Marks in a document are switched in place; the address follows.
function switches() {
  const text = document.querySelector("article.text");
  for (const link of document.querySelectorAll("[data-switch]")) {
    const turn = (event) => {
      event.preventDefault();
      const off = text.classList.toggle(`hide-${link.dataset.switch}`);
      link.setAttribute("aria-pressed", String(!off));
      const address = new URL(location.href);
      address.searchParams.delete("hide");
      for (const other of document.querySelectorAll("[data-switch][aria-pressed=false]")) {
        address.searchParams.append("hide", other.dataset.switch);
      }
      history.replaceState(null, "", address);
    };
    link.addEventListener("click", turn);
    link.addEventListener("keydown", (event) => { if (event.key === " ") turn(event); });
  }
}

// Selects in a form of filters take effect at once; fields without a choice leave the address.
function filters() {
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("change", (event) => { if (event.target.matches("select")) form.requestSubmit(); });
  }
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    });
  }
  // a page that comes back from the history still has the fields switched off
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form :disabled")) field.disabled = false;
  });
}

function downloads() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-save], button[data-save-table]");
    if (button === null) return;
    if (button.dataset.saveTable) saveTable(document.getElementById(button.dataset.saveTable));
    else {
      const of = document.getElementById(button.dataset.of);
      const chart = savers.get(of.id);
      if (chart) chart(button.dataset.save);
      else saveSvg(of, button.dataset.save);
    }
  });
}

themes();
switches();
filters();
downloads();
if (document.readyState === "complete") drawAll();
else addEventListener("load", drawAll);
parts();
