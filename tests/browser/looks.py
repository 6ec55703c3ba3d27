"""What must be right on every screen: axe's rules, sizes of targets and text, no overlaps."""

from pathlib import Path

from playwright.sync_api import Page

from tests.factories import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LOOK = Path(__file__).with_name("looks.js")
GRAVE = {"serious", "critical"}

_RUN_AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations'], iframes: false});
  return found.violations.map(one => [one.impact, one.id, one.help,
    one.nodes.slice(0, 3).map(
      node => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))]);
}"""


def settle(page: Page) -> None:
    """Wait until fonts are there and nothing moves any more."""
    page.evaluate(
        """async () => { await document.fonts.ready;
          const moving = () => document.getAnimations().filter(
            one => one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity);
          await Promise.allSettled(moving().map(one => one.finished));
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); }"""
    )


def faults(page: Page) -> list[str]:
    """Everything that is wrong with the look of a page, as sentences."""
    wrong: list[str] = page.evaluate(LOOK.read_text(encoding="utf-8"))
    return wrong


def axe_faults(page: Page) -> list[str]:
    """axe's serious and critical findings. Evaluated from outside, which no CSP forbids; a document
    is given axe once, and asked afresh each time."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(_RUN_AXE)
    return [
        f"axe {impact} {rule}: {words}: " + " | ".join(nodes)
        for impact, rule, words, nodes in found
        if impact in GRAVE
    ]
