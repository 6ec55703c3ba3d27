/** What the votes' screens will put together, for a test page: the outbox and the watch on real storage. */
import { api, randomKey } from "../../static/js/lib/api.js";
import { boot, root } from "../../static/js/lib/boot.js";
import { BallotOutbox } from "../../static/js/voting/ballot/ballot_outbox.js";
import { ballotsChannel, openBallots, openCheckpoints } from "../../static/js/voting/model/storage.js";
import { LogWatch } from "../../static/js/voting/vote_log/log_watch.js";

const me = boot.user?.id ?? "-";

export const outbox = new BallotOutbox({
  records: await openBallots(root, me), api, newKey: randomKey, channel: ballotsChannel(root, me),
});
await outbox.start();

/** @param {string} meetingId */
export async function watch(meetingId) {
  const watching = new LogWatch({ meetingId, records: await openCheckpoints(root), api });
  await watching.open();
  return watching;
}
