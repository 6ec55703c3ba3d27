/** Input handling for Vietnamese input methods: no reaction during composition. */

/**
 * Whether a key press belongs to a field or an input method and must not trigger a shortcut.
 * @param {KeyboardEvent} event
 */
export function isTyping(event) {
  if (event.isComposing || event.keyCode === 229) return true;
  const target = /** @type {HTMLElement | null} */ (event.target);
  return Boolean(target?.closest?.("input, textarea, select, [contenteditable]"));
}

/**
 * Calls `run` with the field's text when composition has ended and typing has paused.
 * @param {(text: string) => void} run
 * @param {number} [pause] milliseconds
 * @returns {(event: InputEvent | CompositionEvent) => void} for both @input and @compositionend
 */
export function whenTyped(run, pause = 160) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (event) => {
    clearTimeout(timer);
    if (/** @type {InputEvent} */ (event).isComposing) return;
    const field = /** @type {HTMLInputElement} */ (event.target);
    timer = setTimeout(() => run(field.value), pause);
  };
}
