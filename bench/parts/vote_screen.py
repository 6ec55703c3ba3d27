"""One real tablet's browser in a vote: from the event to the frame that shows card and verdict.

There is no graphics card here: what a compositor adds is not measured.
"""

import statistics

from playwright.sync_api import Page, sync_playwright

from bench.load.browser import TABLET, cookies_of, launch_options
from bench.load.client import Client
from bench.load.crowd import Crowd
from bench.machine import LOAD_CORE, SERVER_CORE, on_cores
from bench.product import Product, Room
from bench.table import OURS, Table

ROUNDS = 8
CARDS = {"poll_opened": ".vote-layer.open .vote-card", "poll_closed": ".vote-card.verdict"}
WATCH = """((cards) => {
  globalThis.bench = {};
  const channel = new MessageChannel();
  let waiting = "";
  channel.port1.onmessage = ({ data }) => { bench[data] = performance.now() - bench.at; };
  globalThis.WebSocket = class extends WebSocket {
    constructor(...words) {
      super(...words);
      this.addEventListener("message", ({ data }) => {
        for (const type of Object.keys(cards)) {
          if (typeof data !== "string" || !data.includes(`"${type}"`)) continue;
          bench.at = performance.now();
          waiting = type;
        }
      });
    }
  };
  new MutationObserver(() => {
    const type = waiting;
    if (!type || !document.querySelector(cards[type])) return;
    waiting = "";
    requestAnimationFrame(() => channel.port2.postMessage(type));
  }).observe(document, { childList: true, subtree: true, attributes: true });
})"""


def measure(table: Table, ours: Product, room: Room, crowd: Crowd, case: str) -> None:
    """About twenty seconds, beside the tablets of a crowd."""
    with on_cores(SERVER_CORE, LOAD_CORE), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_context(**TABLET).new_page()
        _come_in(page, ours, room)
        painted: dict[str, list[float]] = {event: [] for event in CARDS}
        for _ in range(ROUNDS):
            _round(page, ours, room, crowd, painted)
        browser.close()
    for words, event in (("card", "poll_opened"), ("verdict", "poll_closed")):
        metric = f"in Chromium, event to painted {words}"
        table.note(case, OURS, f"{metric}, median", statistics.median(painted[event]), "ms")
        table.note(case, OURS, f"{metric}, worst round", max(painted[event]), "ms")


def _come_in(page: Page, ours: Product, room: Room) -> None:
    """Open the room as the last of its people, who has no other tablet."""
    base = f"http://127.0.0.1:{ours.port}"
    page.context.add_cookies(cookies_of(ours, room.cookies[-1]))
    cards = ", ".join(f'"{event}": "{selector}"' for event, selector in CARDS.items())
    page.add_init_script(f"{WATCH}({{ {cards} }})")
    page.goto(f"{base}/meetings/{room.id}")
    page.wait_for_selector(".leaf-picture canvas")
    page.wait_for_timeout(2000)


def _round(
    page: Page, ours: Product, room: Room, crowd: Crowd, painted: dict[str, list[float]]
) -> None:
    client = Client(ours, room.cookies[0])
    poll = client.post(f"/meetings/{room.id}/polls", question="Thông qua Nghị quyết?")["id"]
    for event, command in (("poll_opened", "open"), ("poll_closed", "close")):
        client.send("POST", f"/polls/{poll}/{command}", b"{}")
        crowd.pass_time(0.5)
        client.posted()
        page.wait_for_function(f"() => bench.{event}")
        painted[event].append(float(page.evaluate(f"() => bench.{event}")))
        page.evaluate(f"() => {{ delete bench.{event}; }}")
        crowd.pass_time(0.5)
    client.close()
