// What every page does, before it is seen: the colours that the visitor has chosen. A button changes between light and
// dark; who goes back to what the system says follows the system again. The key / leads to the search.
(() => {
  const root = document.documentElement, system = matchMedia("(prefers-color-scheme: dark)");
  const shown = () => root.dataset.scheme ?? (system.matches ? "dark" : "light");

  const choose = (scheme) => {
    if (scheme === (system.matches ? "dark" : "light")) delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    try {
      if (root.dataset.scheme) localStorage.setItem("scheme", scheme);
      else localStorage.removeItem("scheme");
    } catch {} // a browser that keeps nothing forgets it with the page
  };

  try {
    const kept = localStorage.getItem("scheme");
    if (kept === "light" || kept === "dark") root.dataset.scheme = kept;
  } catch {}

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.scheme"), box = document.querySelector("input[type=search]");
    const tell = () => button.setAttribute("aria-pressed", shown() === "dark");
    button.hidden = !CSS.supports("color", "light-dark(red, red)");
    button.addEventListener("click", () => {
      choose(shown() === "dark" ? "light" : "dark");
      tell();
    });
    system.addEventListener("change", tell);
    tell();
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !box) return;
      event.preventDefault();
      box.focus();
    });
  });
})();
