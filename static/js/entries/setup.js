/** Entry point: the first run. */

import { startFrame } from "../pages/frame.js";
import { startSetup } from "../pages/setup/page.js";

startFrame();
startSetup();
