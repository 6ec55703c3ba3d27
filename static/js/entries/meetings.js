/** Entry point: my meetings and the error pages, rendered by the server, with the page frame. */

import { sendLeftInk } from "../ink/sync/own_outbox.js";
import { startFrame } from "../pages/frame.js";
import { startMeetingSearch } from "../pages/meeting_search.js";
import { askToCheckPacks } from "../pages/packs_to_check.js";

startFrame();
startMeetingSearch();
askToCheckPacks();
void sendLeftInk();
