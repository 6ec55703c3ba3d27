/** My meetings and the error pages: drawn by the server, with the frame around them. */

import { sendLeftInk } from "../ink/sync/unsent_notes.js";
import { startFrame } from "../pages/frame.js";
import { askToCheckPacks } from "../pages/packs_to_check.js";

startFrame();
askToCheckPacks();
void sendLeftInk();
