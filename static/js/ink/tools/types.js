/**
 * Types of a tool's definition. Each tool is a module in this folder and a line in index.js. All other code uses the
 * registry: a new tool needs only translations, an icon and styles elsewhere.
 *
 * @typedef {import("../../lib/schemas.js").AnnotationView["geometry"]} Geometry
 * @typedef {import("../../lib/schemas.js").WetStyle} StrokeStyle
 * @typedef {import("../../lib/schemas.js").Style} Style
 * @typedef {import("../model/grid.js").Point} Point
 * @typedef {import("../model/grid.js").Box} Box
 * @typedef {import("../editor/tool_context.js").ToolContext} ToolContext
 * @typedef {import("./settings.js").Settings} Settings
 *
 * @typedef {import("../../live/presentation.js").Place & {id: string, style: StrokeStyle, points: readonly Point[]}} LiveStroke
 *   a stroke in progress with all its points so far; id: of the annotation that it becomes
 */

/**
 * @template {Geometry} G
 * @typedef {{geometry: G, style: Style, text?: string|null}} Mark the part of a tool's mark that is needed to draw it
 */

/** @typedef {Pick<CanvasPath, "moveTo"|"lineTo"|"quadraticCurveTo"|"rect"|"closePath">} TracedPath a path of a canvas or of an SVG image */

/**
 * How the path of a mark is drawn on the page.
 * @template {Geometry} G
 * @typedef {{under: boolean, filled: boolean, trace: (path: TracedPath, mark: {geometry: G, style: StrokeStyle}, aspect: number) => void}} Appearance
 *   under: blended with the page by multiply, as a highlighter; filled: fill the path; else stroke it with the style's width;
 *   trace: in outline units (see stroke_outline.js)
 */

/**
 * @typedef {{under: boolean, box: Box, paint: ((context: CanvasRenderingContext2D) => void)|null}} Painting
 *   box: everything that is drawn, in fractions of the page; paint: null when the page shows the mark as a button
 */

/**
 * Distances from the path of a pointer, for hit tests. Lengths are in page widths; distances are squared.
 * @typedef {object} Probe
 * @property {number} radius of the pointer
 * @property {number} aspect
 * @property {(style: Style) => number} line greatest distance from the middle of a line that counts as a hit
 * @property {(a: readonly number[], b: readonly number[]) => number} toSegment distance to a line segment
 * @property {(box: Box) => number} toEdges distance to the edges of a box
 * @property {(box: Box) => number} toBox distance to a filled box
 */

/**
 * The kind of annotation that a tool creates.
 * @template {Geometry} G
 * @typedef {object} MarkType
 * @property {string} kind in the API; its name is the translation ink.kind_<kind>
 * @property {(style: StrokeStyle) => boolean} [owns] whether a mark of the kind belongs to this tool; default: all do
 * @property {string} [words] translation key of its name in lists; default: that of its kind
 * @property {Record<string, any>} form its geometry: for each field 2, 3 or 4 numbers, or [form] for a list
 * @property {(geometry: G) => boolean} [tooMany] whether it has more points than one annotation may have
 * @property {(geometry: G) => G} [normalize] the stored geometry, if it needs more than the grid and the clamp to the page
 * @property {(mark: Mark<G>, aspect: number) => Box} bounds box of everything that is drawn, with line width
 * @property {(mark: Mark<G>, aspect: number) => Box[]} [places] boxes of its parts, closer than its bounds
 * @property {(mark: Mark<G>, probe: Probe) => boolean} touches
 * @property {Appearance<G>} [appearance] without it the mark is shown as a button or by `painting`
 * @property {(mark: Mark<G>, aspect: number) => Painting} [painting] replaces an appearance that is a single path
 * @property {boolean} [button] the page shows it as a button
 * @property {"popover"|"in_place"} [editor] where its text is edited; default: the mark has no text
 * @property {boolean} [needsText]
 * @property {boolean} [letters] it is painted with a font that may have to be loaded
 * @property {boolean} [fixed] it cannot be moved
 * @property {boolean} [kept] the eraser does not remove it
 * @property {"picture"|"quote"|"text"} listed what the list of a person's own annotations shows of it
 * @property {boolean} [clusters] marks close to each other are one entry of a list
 */

/**
 * Handles the input of a tool, one pointer press after another. Points are in fractions of the page.
 * @typedef {{
 *   begin: (at: Point) => void,
 *   move: (points: Point[], expected: Point[]) => void,
 *   end: () => void,
 *   cancel: () => void,
 *   relaid?: () => void,
 *   warmUp?: () => void,
 * }} PointerSession  points: since the last move, the newest last; expected: predicted points; cancel: discards the press;
 *   relaid: the page was resized during the press, and the canvas is empty; warmUp: prepares the first press
 */

/**
 * @template {Geometry} G
 * @typedef {object} Tool
 * @property {string} name its translation is ink.tool_<name>
 * @property {string} icon name from static/icons.txt
 * @property {string} slot the toolbar button, which several tools may share; its translation is ink.options_<slot>
 * @property {number} collapse collapse priority: buttons with the highest number move to the menu "Thêm" first
 * @property {string} [key] its shortcut, a lower-case letter
 * @property {Settings} settings
 * @property {boolean} [readsWords] it needs the words of the page
 * @property {boolean} [forPen] a pen that is used without a chosen tool uses the last such tool
 * @property {(context: ToolContext) => PointerSession} session
 * @property {MarkType<G>} [mark] without it the tool creates no annotations
 */
export {};
