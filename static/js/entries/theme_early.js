/**
 * Runs before the first paint, as a blocking classic script: resolves the theme the server wrote
 * (`data-theme`, "auto" included) to the one to draw, and follows the device while it stays "auto".
 */

{
  const page = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");

  const draw = () => {
    const choice = page.dataset.themeChoice ?? "auto";
    const byDevice = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
    page.dataset.theme = choice === "auto" ? byDevice : choice;
  };

  try {
    page.toggleAttribute("data-dim-pages", localStorage.getItem("dienhong:dim-pages") !== null);
  } catch {
    // The browser keeps nothing.
  }
  page.dataset.themeChoice = page.dataset.theme || "auto";
  draw();
  for (const query of [dark, contrast]) query.addEventListener("change", draw);
  addEventListener("dienhong:theme", draw);
}
