/** Theme (light, dark, high contrast, or that of the device), text size and language. The server stores theme and size in cookies. */

import { api } from "../api.js";

/** @typedef {NonNullable<import("../schemas.js").Preferences["theme"]>} Theme */

/** @type {Theme[]} */
export const THEMES = ["auto", "light", "dark", "contrast"];

/** @returns {Theme} */
export function chosenTheme() {
  return /** @type {Theme} */ (document.documentElement.dataset.themeChoice ?? "auto");
}

/**
 * Applies a theme immediately and stores it.
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
 * Applies a text size immediately and stores it.
 * @param {TextSize} size
 */
export async function chooseTextSize(size) {
  document.documentElement.dataset.textSize = size;
  // Cached measurements are stale, as after a resize of the window.
  dispatchEvent(new Event("resize"));
  await api.put("/preferences", { text_size: size });
}

/** Default font size of browsers, pixels. */
const USUAL_PX = 16;

/** @returns {number} ratio of the font size to the default; includes the text size and the browser's own setting */
export const textScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX || 1;

/** Stored on this device; entries/theme_early.js reads it before the first paint. */
const DIM_KEY = "dienhong:dim-pages";

/** Whether document pages are dimmed further in the dark theme. */
export const dimsPages = () => "dimPages" in document.documentElement.dataset;

/** @param {boolean} dim applied immediately and stored on this device */
export function dimPages(dim) {
  document.documentElement.toggleAttribute("data-dim-pages", dim);
  try {
    if (dim) localStorage.setItem(DIM_KEY, "yes");
    else localStorage.removeItem(DIM_KEY);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // Storage is not available: the choice lasts until the next page load.
  }
}

/**
 * Stores a language. It takes effect when the page is loaded again.
 * @param {string} language
 */
export async function chooseLanguage(language) {
  await api.put("/preferences", { language });
}
