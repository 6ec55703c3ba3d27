/** Entry point: the room of one meeting. */

import { boot } from "../lib/boot.js";
import { startFrame } from "../pages/frame.js";
import { features } from "../room/features.js";
import { RoomApp } from "../room/room_app.js";

const place = document.getElementById("room");
if (!place) throw new Error("the page has no #room");

startFrame();
const app = new RoomApp(place, boot.meeting_id, features);
app.start();
// Global for tests, benchmarks and debugging in the console.
Object.assign(globalThis, { app });
