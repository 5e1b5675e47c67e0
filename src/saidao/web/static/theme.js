// Sets light or dark before the page is drawn: what was chosen here before, else what the system says.
(() => {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch { /* storage may be forbidden; the system's choice stays */ }
  document.documentElement.classList.add("scripted");
})();
