/** Entry point: runs before the first paint, as a blocking classic script. */

import "./theme_early.js";
import "../session/sign_out_early.js";
