"""What must be right on every screen: axe's rules, sizes of targets and text, no overlaps."""

from pathlib import Path

from playwright.sync_api import Page

from tests.factories import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
INSPECT = Path(__file__).with_name("looks.js")
APPEARANCE = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
"""The rules of axe whose answer depends on colours or on the size of the window."""

# A window beside a tool is placed before the room is drawn in its new size: a second event
# places it where it stands after it was opened.
_SETTLE = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const moving = () => document.getAnimations().filter(one => one.playState === 'running'
    && one.effect?.getComputedTiming().endTime !== Infinity);
  await frame();
  await document.fonts.ready;
  await frame();
  for (let round = 0; round < 20 && moving().length > 0; round += 1) {
    for (const one of moving()) one.finish();
    await frame();
  }
  await frame();
}"""
# Of the rules that axe runs by default, those that can yield a grave finding: the impact of a
# finding is that of its rule.
_RUN_AXE = """async (only) => {
  const grave = one => !one.impact || ['serious', 'critical'].includes(one.impact);
  const asked = one => one.enabled && !one.tags.some(tag => axe._audit.tagExclude.includes(tag));
  const rules = axe._audit.rules.filter(one => grave(one) && asked(one)).map(one => one.id);
  const found = await axe.run(document, {resultTypes: ['violations'], iframes: false,
    runOnly: {type: 'rule', values: only ?? rules}});
  return found.violations.filter(grave).map(one => [one.impact, one.id, one.help,
    one.nodes.slice(0, 3).map(
      node => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))]);
}"""


def settle(page: Page) -> None:
    """Wait until fonts are loaded and the layout is drawn; transitions are taken to their end."""
    page.evaluate(_SETTLE)


def faults(page: Page) -> list[str]:
    """Everything that is wrong with the look of a page, as sentences."""
    wrong: list[str] = page.evaluate(INSPECT.read_text(encoding="utf-8"))
    return wrong


def axe_faults(page: Page, only: tuple[str, ...] | None = None) -> list[str]:
    """axe's serious and critical findings, of all its rules or only of these. Evaluated from
    outside, which no CSP forbids; a document is given axe once, and asked afresh each time."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(_RUN_AXE, only)
    return [
        f"axe {impact} {rule}: {words}: " + " | ".join(nodes)
        for impact, rule, words, nodes in found
    ]
