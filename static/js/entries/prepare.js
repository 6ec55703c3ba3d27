/** Entry point: preparation of a meeting. */

import { startPreparing } from "../pages/prepare/page.js";

startPreparing();
