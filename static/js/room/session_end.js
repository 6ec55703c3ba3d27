/** The ends of a session in the room: signing out, a session that was revoked, a person without access. */
import { html, nothing } from "lit-html";
import { SIGNED_OUT } from "../lib/api.js";
import { boot, href } from "../lib/boot.js";
import { t } from "../lib/words.js";
import { leftInk, mayLeave } from "../ink/sync/unsent_notes.js";
import { askToReload } from "./reload_toast.js";
import { endSession, forgetPerson, forgetRevoked, leavePage } from "../session/sign_out.js";

/** @typedef {import("./feature.js").FeatureInstance} FeatureInstance */

export class SessionEnd {
  /**
   * @param {{instances: readonly FeatureInstance[], featureLoader: import("./feature_loader.js").FeatureLoader,
   *   close: () => void, showInstead: (view: unknown) => void}} room
   *   `close`: ends the connection; `showInstead`: replaces the room's content
   */
  constructor(room) {
    this.room = room;
  }

  /** Signs out and deletes all documents and votes from the device. */
  async signOut() {
    const { featureLoader } = this.room;
    await featureLoader.settled();
    for (const feature of this.room.instances) if (feature.mayLeave && !(await feature.mayLeave())) return;
    if (!featureLoader.isComplete && boot.user && !(await mayLeave(await leftInk(boot.user.id)))) return;
    if (!(await endSession())) return;
    await this.#leave("signed_out");
    if (boot.user) await forgetPerson(boot.user.id);
    leavePage();
  }

  /** The session was revoked: removes the documents from the screen and the device, and shows why. */
  async revoked() {
    const left = this.#leave("revoked");
    this.room.showInstead(nothing);
    dispatchEvent(new CustomEvent(SIGNED_OUT));
    await left;
  }

  /** @param {import("../live/connection.js").Refusal} refusal The server refused this person's join. */
  refused(refusal) {
    const sentence = refusal.detail ?? t("room.cannot_enter");
    if (refusal.code === "not_signed_in") {
      void this.revoked();
    } else if (refusal.code === "protocol_version") {
      askToReload(t("room.reload_needed"));
    } else {
      void this.#leave("refused");
      this.room.showInstead(html`<div class="entering shut-out"><p role="alert">${sentence}</p>
        <a class="btn ink" href=${href("/")}>${t("room.my_meetings")}</a></div>`);
    }
  }

  /** @param {import("./feature.js").Leaving} why */
  async #leave(why) {
    this.room.close();
    const { featureLoader, instances } = this.room;
    featureLoader.stop();
    const left = instances.map((feature) => feature.leave?.(why));
    // Features that are not there yet have stored data of this person too, in earlier rooms.
    if (why === "revoked" && !featureLoader.isComplete && boot.user) left.push(forgetRevoked(boot.user.id));
    await Promise.all(left);
  }
}
