/**
 * Import rules for dependency-cruiser: a folder of static/js may import only from lower layers at run time. Type
 * imports in comments are unrestricted. tests/contract/test_static_checks.py runs the check.
 */
import { readdirSync } from "node:fs";

const BELOW = [["lib"], ["live", "viewer", "offline", "demo"]];
const ABOVE = [["notes", "session", "verifier"], ["room", "pages"], ["entries"]];
const folders = readdirSync(new URL("js", import.meta.url));
/** All other folders are features of the room. */
const features = folders.filter(
  (name) => ![...BELOW, ...ABOVE].flat().includes(name),
);
/** Layers, lowest first. Folders of the same layer do not import each other. */
const LAYERS = [...BELOW, features, ...ABOVE];
/** Layers of the folders inside two features, lowest first; the modules above them may import all of them. */
const LAYERS_OF_INK = [
  ["model"],
  ["tools"],
  ["canvas", "sync"],
  ["editor"],
  ["toolbar"],
  ["marks"],
];
const LAYERS_OF_VOTING = [
  ["model"],
  ["questions", "vote_log"],
  ["ballot"],
  ["chair"],
];
/** Modules that contain only types. */
const TYPES =
  "/(interfaces|tools/types)\\.js$|schemas\\.d\\.ts$|^static/js/room/feature\\.js$";

/** @param {string[]} folders */
const within = (folders) => `^static/js/(${folders.join("|")})/`;

/**
 * One rule for each folder: it imports itself and lower layers.
 *
 * @param {string[][]} layers lowest first
 * @param {string} [prefix] path of their common folder below static/js, with a slash at its end
 * @returns {import("dependency-cruiser").IForbiddenRuleType[]}
 */
function layerRules(layers, prefix = "") {
  const paths = layers.map((names) => names.map((name) => prefix + name));
  return paths.flatMap((names, layer) =>
    names.map((name) => ({
      name: `layer-of-${name.replace("/", "-")}`,
      severity: "error",
      from: { path: within([name]) },
      to: {
        path: `^static/js/${prefix}`,
        pathNot: [within([name, ...paths.slice(0, layer).flat()])],
      },
    })),
  );
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "not-in-any-bundle",
      severity: "error",
      from: { path: within(["entries"]) },
      to: {
        path: "^static/js/",
        pathNot: [within(["entries"]), TYPES],
        reachable: false,
      },
    },
    ...layerRules(LAYERS),
    ...layerRules(LAYERS_OF_INK, "ink/"),
    ...layerRules(LAYERS_OF_VOTING, "voting/"),
  ],
  options: { doNotFollow: { path: "node_modules" } },
};
