/** Invites the users whose accounts were just created, with undo. */

import { html, nothing } from "lit-html";
import { api } from "../../lib/api.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { count, t } from "../../lib/words.js";
import { invite, newPeople, rememberNewPeople } from "../people_list/new_people.js";
import { isOver, offeredPeople } from "./shapes.js";
import { current, perform } from "./store.js";

let busy = false;

/** @param {string[]} ids */
async function takeBack(ids) {
  const { id } = current();
  const done = await perform(null, async () => {
    for (const user of ids) await api.del(`/meetings/${id}/participants/${user}`);
  });
  rememberNewPeople(ids);
  if (done) toast(count("people_list.invitation_undone", ids.length));
}

/** @param {string[]} ids */
async function inviteAll(ids) {
  if (busy) return;
  busy = true;
  /** @type {Awaited<ReturnType<typeof invite>>} */
  let result = { failed: ids, problem: null };
  await perform(null, async () => (result = await invite(current().id, ids)));
  busy = false;
  const { failed, problem } = result;
  const invited = ids.filter((id) => !failed.includes(id));
  if (problem) toast(`${count("people_list.invite_failed", failed.length)} ${problem.message}`, { tone: "bad" });
  if (invited.length) toast(count("people_list.invited", invited.length), { action: { label: t("ui.undo"), run: () => void takeBack(invited) } });
}

/** The offer, shown while the meeting has no other members or guests. */
export function inviteNewView() {
  const ids = isOver(current()) ? [] : offeredPeople(current(), newPeople());
  if (!ids.length) return nothing;
  return html`<button type="button" class="btn plain wide invite-new" @click=${() => inviteAll(ids)}>${icon("users")}<span>${count("people_list.invite_all", ids.length)}</span></button>`;
}
