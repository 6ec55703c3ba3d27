/**
 * The types of a feature of the room. A feature is one folder, registered with one line in `features.js`;
 * the room calls its hooks and shows its regions, and refers to no feature by name.
 *
 * A feature gets its dependencies from the context that `create` receives and declares only those
 * (`Pick<RoomContext, …>`). Regions have a fixed order on the screen; inside a region, parts are sorted by
 * their weight (`at`).
 *
 * @typedef {import("../live/room_state.js").Room} Room
 * @typedef {import("../live/room_state.js").RoomEvent} RoomEvent
 * @typedef {import("../lib/schemas.js").DocumentView} Paper
 * @typedef {import("../lib/ui/dialog.js").Opened} Opened
 * @typedef {import("../lib/ui/menu.js").MenuItem} MenuItem
 */

/**
 * Interfaces between features, each typed by the feature that provides it. A feature that uses an interface
 * requires the feature that provides it.
 * @typedef {{
 *   reading: import("../reading/feature.js").ReadingInterface,
 *   ink: import("../ink/room_instance.js").InkInterface,
 *   writing: import("../writing/feature.js").WritingInterface,
 * }} Interfaces
 */

/**
 * The room's API for features. Getters return the current value.
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
 *   `room`: set from the first join on; `online`: false once a network loss persists; `waits`: a request is in flight,
 *   there is no network or features are still being loaded; `behind`: the drawer covers everything else; `covered`: a feature covers the page;
 *   `busy`: a stroke is in progress, drawing can wait; `memory`, `tabMemory`: storage of this device, of this tab;
 *   `afterDraw`: called after each draw; `chairBarHeight`: 0 without a bar; `redrawSoon`: redraws when no stroke is
 *   in progress; `keepDrawn`: redraws an open dialog with the room; `parts`: the features' parts of a region;
 *   `chairStep`: the next step for the chair or secretary; `mustEndFirst`: a localized name of the activity that
 *   must end before the meeting continues
 * @typedef {{readonly open: boolean, readonly covers: boolean, toggle: () => void}} Drawer
 *   `covers`: it overlays the page instead of taking space beside it
 */

/**
 * The members of the connection that a feature uses.
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
 *   from top to footer: `topBar` beside the item's title, `times` beside the clock, `drawer`; `stateLines` under
 *   the top bar; `stateBars`: only the first non-empty one is shown; `page`; `emptyPage` when no document is
 *   on the page; `overlay` over the page; `pageFooter`, and `pagingBar` at the end of the paging row; `chairBar`,
 *   or `sideColumn` on a secretary's wide screen; `sidePanel`. Nested regions: `agendaItem`: list items of an item
 *   (null: of the meeting); `documentLine`, `documentRow`: a document in the drawer, in the dialog of an item;
 *   `documentTools`: beside the open document; `runSheet`, `rollSheet`, `peopleSheet`, `openQuestion`: in
 *   these dialogs; `menu`, `pageMenu`: entries of the room's menu and of the page's menu; `unfinished`: open
 *   work when the meeting ends
 * @typedef {{agendaItem: unknown[], menu: MenuItem, pageMenu: MenuItem, unfinished: Unfinished}} RegionValues  values of regions that do not return markup
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
 * A pending step of the meeting. The most urgent step of all features is the next one.
 * @typedef {{step: string, urgency: number, tone?: "voting"|"starting"|"", bar?: () => unknown, button?: () => unknown}} ChairStep
 *   `bar`: replaces the parts of `chairBar`; `button`: the primary button
 * @typedef {{words: string, titles: string[]}|{count: string, n: number}} Unfinished  `count`: key of a plural message
 * @typedef {"signed_out"|"revoked"|"refused"} Leaving  reason for leaving the room; only `refused` keeps this person's data
 */

/**
 * @typedef {{
 *   provides?: Partial<Interfaces>,
 *   start?: () => unknown,
 *   pageDrawn?: () => Promise<unknown>,
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
 *   `start`: may return a promise of its end, which leaving the room waits for. `pageDrawn`: resolves when the page that this feature shows is drawn; the later features wait for it.
 *   `onEveryEvent` is called for all events; `onRoomEvents`, followed by a draw, is not called when all events are
 *   quiet ones. `onLive`: the presented page changed. `onChanged`: presence or progress changed. `shortcuts`: by
 *   command of `keys.js`. `mayLeave`: confirms before signing out, false cancels. `width`: CSS pixels beside the page.
 *   `className`: class names of the screen's grid.
 */

/** @typedef {(context: RoomContext) => FeatureInstance} Create */
/**
 * @typedef {import("../live/room_state.js").StatePart & {
 *   name: string,
 *   quietEvents?: string[],
 *   create?: Create,
 *   later?: boolean,
 * }} Feature
 *   either `create`, or `later`: its `create` is in `later_features.js`, which is loaded after the first page is drawn;
 *   its instance begins with the hooks of a snapshot and a join. `quietEvents`: event types, also of the user stream, for which this feature redraws its own part
 */

export {};
