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

/**
 * Remembers a language; the page has to be loaded again to speak it.
 * @param {string} language
 */
export async function chooseLanguage(language) {
  await api.put("/preferences", { language });
}
