/** Entry point: the result of one vote. */

import { startFrame } from "../pages/frame.js";
import { startResult } from "../pages/poll_result.js";

startFrame();
startResult();
