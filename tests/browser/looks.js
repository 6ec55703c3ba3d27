/**
 * Looks at a page as a demanding designer would, and answers what is wrong with it, as sentences.
 * Run inside the page by the tests of looks.
 */
() => {
  const LEAST_TARGET = 48;
  const LEAST_TEXT = 16;
  const SLACK = 0.6;
  const root = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const said = [];

  const nameOf = (element) => {
    const words = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\s+/g, " ");
    return `<${element.localName} class="${element.getAttribute("class") ?? ""}"> "${words.slice(0, 50)}"`;
  };
  const small = (element) => {
    const box = element.getBoundingClientRect();
    return box.width <= 1 || box.height <= 1;
  };
  // What is only for screen readers is one pixel wide or clipped away.
  const seen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !small(element) && !element.closest(".for-reader, .skip:not(:focus)");
  const areas = new Set(Object.keys(globalThis.DIENHONG_WORDS ?? {}).map((key) => key.split(".")[0]));
  /** The part of a box that no ancestor cuts away. */
  const uncut = (box, element) => {
    let { left, top, right, bottom } = box;
    for (let around = element; around && around !== document.documentElement; around = around.parentElement) {
      if (getComputedStyle(around).overflow === "visible") continue;
      const edge = around.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, edge.left), Math.max(top, edge.top), Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  };
  const boxOf = (box) => `${Math.round(box.width)}×${Math.round(box.height)} at ${Math.round(box.x)},${Math.round(box.y)}`;

  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth + 1) said.push(`the page is ${page.scrollWidth} px wide in a window of ${innerWidth}`);

  // What is pressed: its own box, or the label's that is pressed in its place.
  for (const control of root.querySelectorAll("button, a[href], input, select, textarea, summary, [role=menuitem]")) {
    if (!seen(control) || control.closest("p > a:not(.btn), iframe") || control.matches("p a:not(.btn)")) continue;
    const target = control.closest("label") ?? control;
    const box = target.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    if (box.width < LEAST_TARGET - SLACK || box.height < LEAST_TARGET - SLACK) said.push(`a target of ${boxOf(box)}: ${nameOf(control)}`);
  }

  // Every piece of text that can be seen: its size, its box, and whether it is a word at all.
  const texts = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    const words = node.data.trim();
    if (!words || !element || element.closest("script, style, noscript, option") || !seen(element)) continue;
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    if (size < LEAST_TEXT - SLACK) said.push(`text of ${size} px: ${nameOf(element)}`);
    if (/^[a-z_-]+(\.[a-z_0-9-]+)+$/.test(words) && areas.has(words.split(".")[0])) said.push(`a key instead of words: ${words}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const whole of range.getClientRects()) {
      const box = uncut(whole, element);
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      if (box.width < 2 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) continue;
      const top = document.elementFromPoint(x, y);
      if (top && (top === element || top.contains(element) || element.contains(top))) texts.push({ element, box });
    }
    const style = getComputedStyle(element);
    const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && style.overflowX !== "visible";
    if (cut && style.textOverflow !== "ellipsis" && style.overflowX === "hidden") said.push(`text is cut off: ${nameOf(element)}`);
  }
  for (const [index, one] of texts.entries()) {
    for (const other of texts.slice(index + 1)) {
      if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Line boxes are higher than their letters: a few pixels of air may be shared.
      if (across > 3 && down > Math.min(one.box.height, other.box.height) * 0.35) said.push(`text over text: ${nameOf(one.element)} and ${nameOf(other.element)}`);
    }
  }
  return [...new Set(said)];
}
