/** Entry point: administration of voting rules. */

import { startFrame } from "../pages/frame.js";
import { startVoteRules } from "../pages/vote_rules/page.js";

startFrame();
startVoteRules();
