/** Reducers of durable events for the agenda; a changed item keeps its documents. */

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").AgendaItemView} Item */

/** @param {Item[]} items @returns {Item[]} */
const inOrder = (items) => [...items].sort((a, b) => a.position - b.position);

/** @param {Room} room @param {Item[]} agenda @returns {Room} */
const withAgenda = (room, agenda) => ({ ...room, meeting: { ...room.meeting, agenda: inOrder(agenda) } });

/** @type {import("../live/room_state.js").Reducers} */
export const agendaReducers = {
  agenda_item_added: (room, data) => {
    const others = room.meeting.agenda.filter((item) => item.id !== data.item.id);
    return withAgenda(room, [...others, { ...data.item, documents: data.item.documents ?? [] }]);
  },

  agenda_item_changed: (room, data) =>
    withAgenda(
      room,
      room.meeting.agenda.map((item) =>
        item.id === data.item.id ? { ...item, ...data.item, documents: item.documents } : item,
      ),
    ),

  agenda_item_removed: (room, data) => {
    const gone = data.agenda_item_id;
    const others = room.meeting.agenda.filter((item) => item.id !== gone);
    const left = withAgenda(room, others.map((item, index) => ({ ...item, position: index + 1 })));
    if (room.meeting.current_item_id !== gone) return left;
    return { ...left, meeting: { ...left.meeting, current_item_id: null, current_since: null } };
  },

  agenda_reordered: (room, data) => {
    /** @type {string[]} */
    const ids = data.item_ids;
    const first = Math.min(...room.meeting.agenda.map((item) => item.position), 1);
    return withAgenda(
      room,
      room.meeting.agenda.map((item) => {
        const at = ids.indexOf(item.id);
        return at < 0 ? item : { ...item, position: first + at };
      }),
    );
  },
};
