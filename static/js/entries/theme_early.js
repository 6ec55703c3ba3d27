/**
 * Runs before the first paint, as a blocking classic script. Resolves the theme from the server
 * (`data-theme`, which may be "auto") to a concrete one, and follows the device's setting while it is "auto".
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
    // Storage is not available.
  }
  page.dataset.themeChoice = page.dataset.theme || "auto";
  draw();
  for (const query of [dark, contrast]) query.addEventListener("change", draw);
  addEventListener("dienhong:theme", draw);
}
