/**
 * Which folder of static/js may import which at run time (imports of types in comments are free): those of the
 * layers below its own. Rules of dependency-cruiser; tests/contract/test_static_checks.py runs it.
 */

/** From the lowest layer to the highest. Folders of one layer do not import each other. */
const LAYERS = [
  ["lib"],
  ["live", "viewer", "offline", "demo"],
  ["ink", "voting"],
  ["notes", "session"],
  ["room", "pages"],
  ["entries"],
];
/**
 * Imports that break the layers and are still to be mended, by folder.
 * @type {Record<string, string>}
 */
const EXCEPTIONS = { pages: "^static/js/room/quorum_line\\.js$" };
/** Modules that hold types alone. */
const TYPES = "/(ports\\.js|schemas\\.d\\.ts)$";

/** @param {string[]} folders */
const within = (folders) => `^static/js/(${folders.join("|")})/`;

/** @param {string} folder @param {number} layer @returns {import("dependency-cruiser").IForbiddenRuleType} */
function layerRule(folder, layer) {
  const allowed = [within([folder, ...LAYERS.slice(0, layer).flat()])];
  if (EXCEPTIONS[folder]) allowed.push(EXCEPTIONS[folder]);
  return {
    name: `layer-of-${folder}`,
    severity: "error",
    from: { path: within([folder]) },
    to: { path: "^static/js/", pathNot: allowed },
  };
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    { name: "folder-without-layer", severity: "error", from: { path: "^static/js/", pathNot: within(LAYERS.flat()) }, to: {} },
    {
      name: "not-in-any-bundle",
      severity: "error",
      from: { path: within(["entries"]) },
      to: { path: "^static/js/", pathNot: [within(["entries"]), TYPES], reachable: false },
    },
    ...LAYERS.flatMap((folders, layer) => folders.map((folder) => layerRule(folder, layer))),
  ],
  options: { doNotFollow: { path: "node_modules" } },
};
