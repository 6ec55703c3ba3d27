/** Entry point: a new meeting. */

import { startFrame } from "../pages/frame.js";
import { startNewMeeting } from "../pages/new_meeting.js";

startFrame();
startNewMeeting();
