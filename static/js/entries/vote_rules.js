/** Administration of the rules of votes. */

import { startFrame } from "../pages/frame.js";
import { startVoteRules } from "../pages/vote_rules/page.js";

startFrame();
startVoteRules();
