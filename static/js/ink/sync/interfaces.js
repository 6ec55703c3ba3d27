/**
 * Interfaces between the ink of a page, the storage of its annotations, and the controls around it.
 *
 * @typedef {import("../../lib/schemas.js").AnnotationView} Annotation
 * @typedef {import("../model/operations.js").Draft} Draft
 * @typedef {import("../model/operations.js").Patch} Patch
 * @typedef {import("../../lib/schemas.js").Shape} Shape
 * @typedef {import("../../lib/schemas.js").Style} Style
 * @typedef {import("../model/page_text.js").Word} Word
 * @typedef {import("../../live/presentation.js").Place} Place
 * @typedef {import("../tools/types.js").LiveStroke} LiveStroke
 * @typedef {string} ToolName a name of tools/index.js
 * @typedef {{left:number, top:number, width:number, height:number}} Rect CSS pixels of the window
 */

/**
 * Source and target of annotations.
 * @typedef {{
 *   me: string,
 *   mayWrite: () => boolean,
 *   marks: (documentId: string, version: number, page: number) => Annotation[],
 *   addDrafts: (drafts: Draft[]) => void,
 *   changeAll: (changes: {id: string, patch: Patch}[]) => void,
 *   remove: (ids: string[]) => void,
 *   undo: () => void,
 *   redo: () => void,
 *   wet: (stroke: LiveStroke) => void,
 *   strokeEnded: (id: string) => void,
 *   newId: () => string,
 *   styleOf: (tool: ToolName) => Style,
 *   audience: () => {audience: import("../../lib/schemas.js").Audience, user_id: string|null},
 *   words: (place: Place) => Promise<Word[]>,
 *   subscribe: (changed: () => void) => void,
 * }} Ink  one call of add, changeAll or remove is one undo step;
 *   `marks` returns the same object for an annotation that did not change
 */

/**
 * Callbacks of the controls around the page.
 * @typedef {{
 *   toolChanged: (tool: ToolName|null) => void,
 *   selected: (ids: string[], box: Rect|null) => void,
 *   opened: (annotation: Annotation, box: Rect) => void,
 *   hovered: (annotation: Annotation|null, box: Rect|null) => void,
 *   placed: (shape: Shape, box: Rect) => void,
 *   say: (key: string) => void,
 * }} Hooks  placed: a new note or text box that needs its text
 */
export {};
