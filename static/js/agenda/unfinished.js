/** Agenda items that are still open when the meeting ends. Pure. */

/** @param {import("../live/room_state.js").Room} room @returns {string[]} titles of the items after the current one */
export function itemsLeft(room) {
  const { agenda, current_item_id: current } = room.meeting;
  const at = agenda.findIndex((item) => item.id === current);
  return agenda.slice(at + 1).map((item) => item.title);
}
