/** Entry point: my account. */

import { startAccount } from "../pages/account.js";
import { startFrame } from "../pages/frame.js";

startFrame();
startAccount();
