/** Ways out of the room: signing out, a sign-in that ended elsewhere, a person who does not belong here. */
import { html, nothing, render } from "lit-html";
import { SIGNED_OUT } from "../lib/api.js";
import { boot, href, root } from "../lib/boot.js";
import { confirmStep } from "../lib/dialog.js";
import { toast } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { leaveInk } from "../ink/kept.js";
import { mayLeave } from "../ink/leaving.js";
import { endSession, forgetPerson, leavePage } from "../session/sign_out.js";
import { eraseBallots } from "../voting/kept.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

const UNTIL_RELOADED_S = 24 * 3600;
/** What was just written is on its way: that long it is waited for before anybody is asked. */
const FLUSH_MS = 2500;

export class Door {
  /** @param {RoomApp} app */
  constructor(app) {
    this.app = app;
  }

  /** Signs out; nothing of the papers and votes stays on the tablet. */
  async signOut() {
    if (this.app.voting.waits && !(await this.#leaveBallot())) return;
    await this.app.ink.desk.outbox.flush(FLUSH_MS);
    if (!(await mayLeave(this.app.ink.desk.outbox.ops))) return;
    if (!(await endSession())) return;
    await this.#forget();
    if (boot.user) await forgetPerson(boot.user.id);
    leavePage();
  }

  /** The sign-in ended elsewhere: the papers go from the glass and from the tablet, and that is said. */
  async revoked() {
    this.#clear(nothing);
    dispatchEvent(new CustomEvent(SIGNED_OUT));
    const waits = this.app.ink.desk.outbox.ops.length > 0;
    await this.#forget();
    if (boot.user) await leaveInk(root, boot.user.id, waits);
  }

  /** @param {import("../live/connection.js").Refusal} refusal The door of the room stayed shut. */
  refused(refusal) {
    const sentence = refusal.detail ?? t("room.cannot_enter");
    if (refusal.code === "not_signed_in") {
      void this.revoked();
    } else if (refusal.code === "protocol_version") {
      const reload = { label: t("room.reload"), run: () => location.reload() };
      toast(t("room.reload_needed"), { seconds: UNTIL_RELOADED_S, action: reload });
    } else {
      this.app.away.saver.stop();
      if (boot.user) void this.app.away.saver.cache.drop(boot.user.id, this.app.connection.meetingId);
      this.#clear(html`<div class="entering shut-out"><p role="alert">${sentence}</p>
        <a class="btn ink" href=${href("/")}>${t("room.my_meetings")}</a></div>`);
    }
  }

  /** @param {unknown} instead what stands in the room's place */
  #clear(instead) {
    const { app } = this;
    app.connection.close();
    app.viewer.clear();
    app.entered();
    render(instead, app.place);
  }

  /** A ballot is still on its way: signing out would lose it. */
  #leaveBallot() {
    return confirmStep({ title: t("vote.waits_question"), text: html`<p>${t("vote.waits_text")}</p>`, verb: t("room.sign_out") });
  }

  async #forget() {
    this.app.away.saver.stop();
    this.app.connection.close();
    this.app.voting.leave();
    this.app.ink.desk.leave();
    await (await this.app.store).erase();
    if (boot.user) await eraseBallots(root, boot.user.id);
  }
}
