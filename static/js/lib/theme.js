/** Light, dark, high contrast, or as the device says. The choice is kept by the server in a cookie. */

import { api } from "./api.js";

/** @typedef {"auto" | "light" | "dark" | "contrast"} Theme */

/** @type {Theme[]} */
export const THEMES = ["auto", "light", "dark", "contrast"];

/** @returns {Theme} */
export function chosenTheme() {
  return /** @type {Theme} */ (document.documentElement.dataset.themeChoice ?? "auto");
}

/**
 * Shows a theme at once and remembers it.
 * @param {Theme} theme
 */
export async function chooseTheme(theme) {
  document.documentElement.dataset.themeChoice = theme;
  dispatchEvent(new Event("dienhong:theme"));
  await api.put("/preferences", { theme });
}

/** Of this device; entries/theme_early.js reads it before anything is drawn. */
const DIM_KEY = "dienhong:dim-pages";

/** Whether the pages of papers are dimmed further while the dark theme is drawn. */
export const dimsPages = () => "dimPages" in document.documentElement.dataset;

/** @param {boolean} dim shown at once, and remembered on this device */
export function dimPages(dim) {
  document.documentElement.toggleAttribute("data-dim-pages", dim);
  try {
    if (dim) localStorage.setItem(DIM_KEY, "yes");
    else localStorage.removeItem(DIM_KEY);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // The browser keeps nothing: until the page is loaded again.
  }
}

/**
 * Remembers a language; the page has to be loaded again to speak it.
 * @param {string} language
 */
export async function chooseLanguage(language) {
  await api.put("/preferences", { language });
}
