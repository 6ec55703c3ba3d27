/** Entry point: the audit, for administrators. */

import { startAudit } from "../pages/audit/page.js";
import { startFrame } from "../pages/frame.js";

startFrame();
startAudit();
