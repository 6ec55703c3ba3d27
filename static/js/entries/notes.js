/** Entry point: my annotations and meeting notes. */

import { boot } from "../lib/boot.js";
import { openOwnOutbox } from "../ink/sync/own_outbox.js";
import { startFrame } from "../pages/frame.js";
import { startNotes } from "../pages/notes/page.js";

startFrame();
startNotes(await openOwnOutbox(boot.user?.id ?? "-"));
