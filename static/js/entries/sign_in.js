/** Entry point: sign-in. */

import { startSignIn } from "../pages/sign_in.js";

startSignIn();
