/** Light, dark, high contrast, or as the device says; and how large the letters are. The server keeps both choices in cookies. */

import { api } from "../api.js";

/** @typedef {NonNullable<import("../schemas.js").Preferences["theme"]>} Theme */

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

/** @typedef {NonNullable<import("../schemas.js").Preferences["text_size"]>} TextSize */

/** @type {TextSize[]} */
export const TEXT_SIZES = ["normal", "large", "largest"];

/** @returns {TextSize} */
export function chosenTextSize() {
  return /** @type {TextSize} */ (document.documentElement.dataset.textSize ?? "normal");
}

/**
 * Shows the interface in a text size at once and remembers it.
 * @param {TextSize} size
 */
export async function chooseTextSize(size) {
  document.documentElement.dataset.textSize = size;
  // What was measured is as wrong as after a change of the window.
  dispatchEvent(new Event("resize"));
  await api.put("/preferences", { text_size: size });
}

/** The letters of a browser that nobody changed, pixels. */
const USUAL_PX = 16;

/** @returns {number} how many times as large as usual the letters are, by this choice and by the browser's own */
export const textScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX || 1;

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
