/**
 * The shapes of pens and notes. Coordinates are fractions of the page as displayed (x to the right,
 * y down, 0..1) on a grid of 1e-5; pressure is 0..1 on 1e-2. Widths and sizes of a style are in
 * thousandths of the page's width. `aspect` in this folder is a page's height divided by its width:
 * y times aspect is measured in page widths, as x is.
 *
 * @typedef {[number, number]} Spot x, y
 * @typedef {[number, number, number]} Point x, y, pressure
 * @typedef {Point[]} Stroke
 * @typedef {[number, number, number, number]} Box x0, y0, x1, y1
 * @typedef {[number, number, number, number, string]} Word a box and the word in it
 *
 * @typedef {string} Kind one of those that the tools make (tools/index.js)
 * @typedef {"private"|"meeting"|"person"} Audience
 * @typedef {{color:string, width:number, opacity:number, size:number}} Style color: "#rrggbb"
 * @typedef {{text:string, prefix:string, suffix:string, box:Box|null}} Anchor the text it was made at
 *
 * @typedef {{strokes:Stroke[]}} InkGeometry
 * @typedef {{boxes:Box[]}} MarkGeometry one box for each line of text
 * @typedef {{at:Spot}} NoteGeometry
 * @typedef {{box:Box}} BoxGeometry
 * @typedef {{from:Spot, to:Spot}} ArrowGeometry the head is at `to`
 * @typedef {InkGeometry|MarkGeometry|NoteGeometry|BoxGeometry|ArrowGeometry} Geometry
 * @typedef {{kind:Kind, geometry:Geometry}} Shape
 *
 * @typedef {{audience:Audience, user_id:string|null, style:Style, text:string|null, anchor:Anchor|null}} Facts
 *   user_id: the recipient, for audience person alone
 * @typedef {Shape & Facts & {id:string, document_id:string, version:number, page:number}} Draft as somebody made it, before
 *   the server has it
 * @typedef {Draft & {user_name:string|null, author:string, author_name:string, revision:number,
 *   created_at:string, updated_at:string}} Annotation
 * @typedef {Partial<Facts> & {geometry?:Geometry}} Patch what a change sets; the rest stays
 *
 * @typedef {{document_id:string, version:number, page:number}} Place
 * @typedef {{color:string, width:number, opacity:number}} StrokeStyle
 * @typedef {Place & {id:string, style:StrokeStyle, points:readonly Point[]}} LiveStroke a stroke while it is being drawn, all
 *   of it so far; id: of the annotation that it becomes
 */
export {};
