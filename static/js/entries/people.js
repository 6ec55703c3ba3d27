/** Entry point: administration of people. */

import { startFrame } from "../pages/frame.js";
import { startPeople } from "../pages/people/page.js";

startFrame();
startPeople();
