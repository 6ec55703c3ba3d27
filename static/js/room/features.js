/**
 * The features of the room, in the order in which they receive events. An interface that a feature provides is
 * available to the features after it from their creation on. The position on the screen is set by the regions.
 */
import { agenda } from "../agenda/feature.js";
import { attendance } from "../attendance/feature.js";
import { guests } from "../guests/feature.js";
import { ink } from "../ink/feature.js";
import { notes } from "../notes/feature.js";
import { offline } from "../offline/feature.js";
import { presentation } from "../presentation/feature.js";
import { reading } from "../reading/feature.js";
import { search } from "../search/feature.js";
import { voting } from "../voting/feature.js";
import { writing } from "../writing/feature.js";

/** @type {readonly import("./feature.js").Feature[]} */
export const features = [
  reading,
  attendance,
  guests,
  voting,
  ink,
  notes,
  agenda,
  search,
  presentation,
  writing,
  offline,
];
