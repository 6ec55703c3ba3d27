/** The search in the documents of all my meetings, on the page that lists them. */
import { render } from "lit-html";
import { boot, href } from "../lib/boot.js";
import { SearchController } from "../search/search_controller.js";
import { searchPart } from "../search/search_part.js";

export function startMeetingSearch() {
  const view = document.getElementById("document-search");
  if (!view) return;
  const { today = [], coming = [], past = [] } = boot.meetings ?? {};
  const titles = new Map([...today, ...coming, ...past].map((meeting) => [meeting.id, meeting.title]));
  const search = new SearchController({
    path: "/search",
    meetingOf: (hit) => titles.get(hit.meeting_id),
    open: (hit, query) => {
      const find = new URLSearchParams({ find: query });
      const place = new URLSearchParams({ paper: hit.document_id, page: String(hit.page) });
      location.assign(href(`/meetings/${hit.meeting_id}?${find}#${place}`));
    },
  });
  search.changed = () => render(searchPart({ search }), view);
  search.changed();
}
