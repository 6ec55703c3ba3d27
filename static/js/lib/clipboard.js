/** Copies text, also over plain HTTP, where navigator.clipboard does not exist. */

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyText(text) {
  if (navigator.clipboard && isSecureContext) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("aria-hidden", "true");
  field.className = "for-reader";
  const parent = document.activeElement?.closest("dialog") ?? document.body;
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  parent.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  return done;
}
