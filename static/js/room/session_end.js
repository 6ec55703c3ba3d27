/** The ends of a session in the room: signing out, a session that was revoked, a person without access. */
import { html, nothing } from "lit-html";
import { SIGNED_OUT } from "../lib/api.js";
import { boot, href } from "../lib/boot.js";
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { endSession, forgetPerson, leavePage } from "../session/sign_out.js";

/** @typedef {import("./feature.js").FeatureInstance} FeatureInstance */

const UNTIL_RELOADED_S = 24 * 3600;

export class SessionEnd {
  /**
   * @param {{instances: readonly FeatureInstance[], loadAll: () => Promise<void>, close: () => void, showInstead: (view: unknown) => void}} room
   *   `loadAll`: features that are loaded later store data of this person too; `close`: ends the connection; `showInstead`: replaces the room's content
   */
  constructor(room) {
    this.room = room;
  }

  /** Signs out and deletes all documents and votes from the device. */
  async signOut() {
    await this.room.loadAll();
    for (const feature of this.room.instances) if (feature.mayLeave && !(await feature.mayLeave())) return;
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
      const reload = { label: t("room.reload"), run: () => location.reload() };
      toast(t("room.reload_needed"), { seconds: UNTIL_RELOADED_S, action: reload });
    } else {
      void this.#leave("refused");
      this.room.showInstead(html`<div class="entering shut-out"><p role="alert">${sentence}</p>
        <a class="btn ink" href=${href("/")}>${t("room.my_meetings")}</a></div>`);
    }
  }

  /** @param {import("./feature.js").Leaving} why */
  async #leave(why) {
    this.room.close();
    if (why !== "refused") await this.room.loadAll();
    await Promise.all(this.room.instances.map((feature) => feature.leave?.(why)));
  }
}
