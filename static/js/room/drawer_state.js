/** Whether the drawer is open, and whether it overlays the page. */

const BESIDE_FROM_PX = 1000;

export class DrawerState {
  open = false;

  /** @param {{redraw: () => void, find: (selector: string) => HTMLElement|null}} interfaces */
  constructor({ redraw, find }) {
    this.redraw = redraw;
    this.find = find;
  }

  /** Whether the drawer overlays the page instead of taking space beside it. */
  get covers() {
    return window.innerWidth < BESIDE_FROM_PX;
  }

  toggle() {
    this.open = !this.open;
    this.redraw();
    if (!this.covers) return;
    requestAnimationFrame(() => this.find(this.open ? ".drawer-close" : ".top .btn")?.focus());
  }
}
