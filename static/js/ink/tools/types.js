/**
 * What a tool says of itself. Each tool is a module in this folder and a line in index.js; everything else asks
 * the registry, so that a new tool needs nothing elsewhere but its words, its icon and its styles.
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
 *   a stroke while it is being drawn, all of it so far; id: of the annotation that it becomes
 */

/**
 * @template {Geometry} G
 * @typedef {{geometry: G, style: Style, text?: string|null}} Mark a mark of a tool, as far as it is drawn
 */

/** @typedef {Pick<CanvasPath, "moveTo"|"lineTo"|"quadraticCurveTo"|"rect"|"closePath">} TracedPath of a canvas, or of a picture in SVG */

/**
 * How a path of a mark is put on the page.
 * @template {Geometry} G
 * @typedef {{under: boolean, filled: boolean, trace: (path: TracedPath, mark: {geometry: G, style: StrokeStyle}, aspect: number) => void}} Appearance
 *   under: multiplied with the page, as a marker's ink is; filled: else its path is a line as wide as the style says;
 *   trace: in outline units (see stroke_outline.js)
 */

/**
 * @typedef {{under: boolean, box: Box, paint: ((context: CanvasRenderingContext2D) => void)|null}} Painting
 *   box: in fractions of the page, all that is drawn; paint: null when the page shows it as a button
 */

/**
 * What a pointer touches, measured from its way: in page widths, distances squared.
 * @typedef {object} Probe
 * @property {number} radius of the finger
 * @property {number} aspect
 * @property {(style: Style) => number} line how near the middle of a line counts as touched
 * @property {(a: readonly number[], b: readonly number[]) => number} toSegment distance to a piece of line
 * @property {(box: Box) => number} toEdges distance to the edges of a box
 * @property {(box: Box) => number} toBox distance to a filled box
 */

/**
 * The annotations that a tool makes.
 * @template {Geometry} G
 * @typedef {object} MarkType
 * @property {string} kind on the wire; its words are ink.kind_<kind>
 * @property {(style: StrokeStyle) => boolean} [owns] which marks of the kind are this tool's; all when it is left out
 * @property {string} [words] the key of its name in lists, when it is not that of its kind
 * @property {Record<string, any>} form its geometry: of each field 2, 3 or 4 numbers, or [form]: a list of some
 * @property {(geometry: G) => boolean} [tooMany] whether it has more points than one annotation may have
 * @property {(geometry: G) => G} [normalize] as it is kept, when on the grid and on the page is not enough
 * @property {(mark: Mark<G>, aspect: number) => Box} bounds everything that is drawn of it, line width and all
 * @property {(mark: Mark<G>, aspect: number) => Box[]} [places] where it is drawn, more closely than its bounds
 * @property {(mark: Mark<G>, probe: Probe) => boolean} touches
 * @property {Appearance<G>} [appearance] none: it is shown as a button, or painted
 * @property {(mark: Mark<G>, aspect: number) => Painting} [painting] in place of an appearance that is one path
 * @property {boolean} [button] the page shows it as a button
 * @property {"popover"|"in_place"} [editor] where its text is written; none: it is made without a text
 * @property {boolean} [needsText]
 * @property {boolean} [letters] it is painted in letters that may have to be loaded
 * @property {boolean} [fixed] it cannot be moved
 * @property {boolean} [kept] the eraser leaves it alone
 * @property {"picture"|"quote"|"text"} listed what a list of one's own annotations shows of it
 * @property {boolean} [clusters] those that lie close together are one entry of a list
 */

/**
 * One press of a pointer after another, in fractions of the page.
 * @typedef {{
 *   begin: (at: Point) => void,
 *   move: (points: Point[], expected: Point[]) => void,
 *   end: () => void,
 *   cancel: () => void,
 *   relaid?: () => void,
 *   warmUp?: () => void,
 * }} PointerSession  points: since the last move, the newest last; cancel: as if it had never begun;
 *   relaid: the page was resized under it, and the canvas is empty
 */

/**
 * @template {Geometry} G
 * @typedef {object} Tool
 * @property {string} name its words are ink.tool_<name>
 * @property {string} icon of static/icons.txt
 * @property {string} slot the button of the toolbar that it shares with others; its words are ink.options_<slot>
 * @property {number} collapse the higher, the sooner its button goes behind "Thêm" when room gets short
 * @property {string} [key] its shortcut, a small letter
 * @property {Settings} settings
 * @property {boolean} [readsWords] it wants the words of the page
 * @property {boolean} [forPen] a pen that comes down without a tool goes on with it
 * @property {(context: ToolContext) => PointerSession} session
 * @property {MarkType<G>} [mark] none: it makes no annotations
 */
export {};
