/**
 * What a feature of the room is. A feature lives in one folder and is registered with one line in
 * `features.js`; the room calls its hooks and shows its regions, and knows no feature by name.
 *
 * A feature takes what it needs of the room from the context that `create` receives, and names only that
 * (`Pick<RoomContext, …>`). Regions have a fixed order on the screen; inside a region, parts stand in the
 * order of their weight (`at`).
 *
 * @typedef {import("../live/room_state.js").Room} Room
 * @typedef {import("../live/room_state.js").RoomEvent} RoomEvent
 * @typedef {import("../lib/schemas.d.ts").DocumentView} Paper
 * @typedef {import("../lib/ui/dialog.js").Opened} Opened
 * @typedef {import("../lib/ui/menu.js").MenuItem} MenuItem
 */

/**
 * Interfaces that features offer one another, each typed by the feature that offers it. A feature that uses
 * one cannot do without the feature that offers it.
 * @typedef {{
 *   reading: import("../reading/feature.js").ReadingInterface,
 *   ink: import("../ink/feature.js").InkInterface,
 *   writing: import("../writing/feature.js").WritingInterface,
 * }} Interfaces
 */

/**
 * What the room gives to features. Getters give the present value.
 * @typedef {Interfaces & {
 *   readonly meetingId: string,
 *   readonly room: Room,
 *   readonly connection: import("../live/connection.js").Connection,
 *   readonly online: boolean,
 *   readonly waits: boolean,
 *   readonly behind: boolean,
 *   readonly covered: boolean,
 *   readonly busy: boolean,
 *   readonly serverClock: import("../live/server_clock.js").ServerClock,
 *   readonly memory: import("../lib/web_storage.js").WebStorage,
 *   readonly tabMemory: import("../lib/web_storage.js").WebStorage,
 *   readonly requests: import("./requests.js").Requests,
 *   readonly drawer: Drawer,
 *   readonly afterDraw: Set<() => void>,
 *   readonly chairBarHeight: number,
 *   setOnline: (online: boolean) => void,
 *   redraw: () => void,
 *   redrawNow: () => void,
 *   redrawSoon: () => void,
 *   announce: (sentence: string) => void,
 *   find: (selector: string) => HTMLElement|null,
 *   keepDrawn: (opened: Opened) => Opened,
 *   parts: PartsOf,
 *   chairStep: () => ChairStep|null,
 *   mustEndFirst: () => string|null,
 * }} RoomContext
 *   `room`: known from the first join on; `online`: false once a loss of the network lasts; `waits`: a request is
 *   under way or there is no network; `behind`: the drawer lies over everything else; `covered`: a feature lies
 *   over the page; `busy`: a hand writes, drawing can wait; `memory`, `tabMemory`: of this tablet, of this tab;
 *   `afterDraw`: called after each draw; `chairBarHeight`: 0 where there is no bar; `redrawSoon`: when the hand
 *   rests; `keepDrawn`: draws an open dialog again with the room; `parts`: what the features show in a region;
 *   `chairStep`: the next step of whoever runs the meeting; `mustEndFirst`: what is under way and must end before
 *   the meeting goes on, in words
 * @typedef {{readonly open: boolean, readonly covers: boolean, toggle: () => void}} Drawer
 *   `covers`: it lies over the page instead of beside it
 */

/**
 * What a feature uses of the connection, by the names of its members.
 * @template {keyof import("../live/connection.js").Connection} K
 * @typedef {{readonly connection: Pick<import("../live/connection.js").Connection, K>}} ConnectionOf
 */

/**
 * Regions and the arguments of their parts.
 * @typedef {{
 *   topBar: [], times: [], drawer: [], stateLines: [], stateBars: [], page: [], emptyPage: [], overlay: [],
 *   pageFooter: [], pagingBar: [], chairBar: [], sideColumn: [], sidePanel: [], openQuestion: [], peopleSheet: [],
 *   agendaItem: [itemId: string|null], documentLine: [document: Paper], documentRow: [document: Paper],
 *   documentTools: [document: Paper], runSheet: [close: () => void], rollSheet: [shown: {query: string, editable: boolean}], menu: [], pageMenu: [], unfinished: []
 * }} RegionArguments
 *   from top to footer: `topBar` beside the name of the item, `times` where time is shown, `drawer`; `stateLines` under
 *   the top bar; `stateBars`: of these the first that has something to say; `page`; `emptyPage` while there is no
 *   document on it; `overlay` over the page; `pageFooter`, and `pagingBar` at the end of the row of paging; `chairBar`,
 *   or `sideColumn` on the wide screen of a secretary; `sidePanel`. Inside others: `agendaItem`: list items of an item
 *   (null: of the meeting); `documentLine`, `documentRow`: a document in the drawer, on the sheet of an item;
 *   `documentTools`: beside the document that is read; `runSheet`, `rollSheet`, `peopleSheet`, `openQuestion`: in
 *   these dialogs; `menu`, `pageMenu`: entries of the room's menu and of the menu of the page; `unfinished`: what is
 *   still open when the meeting ends
 * @typedef {{agendaItem: unknown[], menu: MenuItem, pageMenu: MenuItem, unfinished: Unfinished}} RegionValues  of regions that are no markup
 * @typedef {{[R in keyof RegionArguments]?: Part<R>[]}} Regions
 * @typedef {<R extends keyof RegionArguments>(region: R, ...args: RegionArguments[R]) => PartValue<R>[]} PartsOf
 */
/**
 * @template {keyof RegionArguments} R
 * @typedef {R extends keyof RegionValues ? RegionValues[R] : unknown} PartValue
 */
/**
 * @template {keyof RegionArguments} R
 * @typedef {{at: number, view: (...args: RegionArguments[R]) => PartValue<R>}} Part
 */

/**
 * A step that the meeting waits for. The most urgent of all features is the next one.
 * @typedef {{step: string, urgency: number, tone?: "voting"|"starting"|"", bar?: () => unknown, button?: () => unknown}} ChairStep
 *   `bar`: takes the place of the parts of `chairBar`; `button`: the one obvious button
 * @typedef {{words: string, titles: string[]}|{count: string, n: number}} Unfinished  keys of words with a number
 * @typedef {"signed_out"|"revoked"|"refused"} Leaving  why the room is left; only `refused` keeps this person's data
 */

/**
 * @typedef {{
 *   provides?: Partial<Interfaces>,
 *   start?: () => void,
 *   onEveryEvent?: (room: Room, why: "snapshot"|"events", events: RoomEvent[]) => void,
 *   onRoomEvents?: (room: Room, why: "snapshot"|"events", events: RoomEvent[]) => void,
 *   onOwnEvent?: (event: RoomEvent) => void,
 *   onJoined?: (room: Room) => void,
 *   onLive?: (room: Room) => void,
 *   onChanged?: (room: Room) => void,
 *   onTick?: (tick: import("../live/connection.js").Tick) => void,
 *   onConnectionChanged?: (online: boolean) => void,
 *   onKey?: (event: KeyboardEvent) => boolean,
 *   shortcuts?: Record<string, () => void>,
 *   mayLeave?: () => Promise<boolean>,
 *   leave?: (why: Leaving) => void|Promise<unknown>,
 *   isBusy?: () => boolean,
 *   coversPage?: () => boolean,
 *   width?: () => {panel?: number, tools?: number},
 *   className?: () => string,
 *   chairStep?: () => ChairStep|null,
 *   mustEndFirst?: () => string|null,
 *   regions?: Regions,
 * }} FeatureInstance
 *   `onEveryEvent` is called for all events; `onRoomEvents`, followed by a draw, is not called when all events are
 *   quiet ones. `onLive`: what the room is shown moved. `onChanged`: presence or progress moved. `shortcuts`: by
 *   command of `keys.js`. `mayLeave`: asks before signing out, false stays. `width`: CSS pixels beside the page.
 *   `className`: on the screen's grid.
 */

/**
 * @typedef {import("../live/room_state.js").StatePart & {
 *   name: string,
 *   quietEvents?: string[],
 *   create: (context: RoomContext) => FeatureInstance,
 * }} Feature
 *   `quietEvents`: types, also of own events, that this feature draws by itself
 */

export {};
