/**
 * Import rules for dependency-cruiser: a folder of static/js may import only from lower layers at run time. Type
 * imports in comments are unrestricted. tests/contract/test_static_checks.py runs the check.
 */
import { readdirSync } from "node:fs";

const BELOW = [["lib"], ["live", "viewer", "offline", "demo"]];
const ABOVE = [["notes", "session"], ["room", "pages"], ["entries"]];
const folders = readdirSync(new URL("js", import.meta.url));
/** All other folders are features of the room. */
const features = folders.filter((name) => ![...BELOW, ...ABOVE].flat().includes(name));
/** Layers, lowest first. Folders of the same layer do not import each other. */
const LAYERS = [...BELOW, features, ...ABOVE];
/** Modules that contain only types. */
const TYPES = "/(interfaces|tools/types)\\.js$|schemas\\.d\\.ts$|^static/js/room/feature\\.js$";

/** @param {string[]} folders */
const within = (folders) => `^static/js/(${folders.join("|")})/`;

/** @param {string} folder @param {number} layer @returns {import("dependency-cruiser").IForbiddenRuleType} */
function layerRule(folder, layer) {
  return {
    name: `layer-of-${folder}`,
    severity: "error",
    from: { path: within([folder]) },
    to: { path: "^static/js/", pathNot: [within([folder, ...LAYERS.slice(0, layer).flat()])] },
  };
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
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
