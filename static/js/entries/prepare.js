/** Preparing a meeting. */

import { startPreparing } from "../pages/prepare/page.js";

startPreparing();
