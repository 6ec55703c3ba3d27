/**
 * The shapes the room works with: the snapshot as it arrives, and what the reducers make of it.
 *
 * @typedef {{number:number, status:string, page_count:number|null, progress:{done:number,total:number}|null,
 *   bytes:number|null, sha256:string|null, error?:{code:string,detail:string}|null,
 *   page_sizes:[number,number,number][]|null}} Version
 * @typedef {{id:string, title:string, kind:string|null, current_version:number, published_at:string|null,
 *   open_to_guests:boolean, position:number, version:Version|null}} Paper
 * @typedef {{id:string, title:string, position:number, minutes:number|null, rapporteur:string|null,
 *   documents:Paper[]}} Item
 * @typedef {{user_id:string, display_name:string, position?:string|null, role:string, entitled_to_vote:boolean,
 *   seat:string|null, attendance:string|null, writing_muted?:boolean}} Participant
 * @typedef {{id:string, name:string, position:string, organisation:string, attendance:string|null}} Guest  without an account
 * @typedef {{numerator:number, denominator:number, comparison:string, formula:{vi:string, en:string},
 *   citation:{vi:string, en:string}, confirmed:boolean, voters:{vi:string, en:string}}} QuorumRule
 * @typedef {{id:string, title:string, kind:string|null, status:string, starts_at:string, ends_at:string|null,
 *   place:string|null, current_item_id:string|null, current_since?:string|null, resumes_at?:string|null, closed_at?:string|null,
 *   agenda:Item[], documents:Paper[], participants:Participant[], guests:Guest[], presenter:string|null,
 *   member_writing:boolean, quorum_rule:QuorumRule}} Meeting
 * @typedef {{term:number, rev:number, document_id?:string|null, version?:number|null, page?:number|null,
 *   view?:unknown, presenter?:string|null, hidden?:boolean}} Live
 * @typedef {"following"|"apart"|"lost"|"away"} Whereabouts
 * @typedef {{joined:number, online:number, following:number, lost:number, presenter:Whereabouts, seq:number,
 *   online_ids?:string[], lost_ids?:string[]}} Presence  `presenter`: as what whoever presents is counted; the ids only for who runs the meeting
 * @typedef {{user_id:string, role:string, entitled_to_vote:boolean}} Me
 * @typedef {{vi:string, en:string}} Words
 * @typedef {{user_id:string, name:string}} Person
 * @typedef {{key:string, label:string}} Option
 * @typedef {{id:string, version:number, title:Words, formula:Words, citation:Words, confirmed:boolean, line:Words|null}} RuleCard
 *   line: with this vote's number, once it is open
 * @typedef {{document_id:string, version:number, sha256:string}} VotedPaper
 * @typedef {{at:string, by:Person, n:number, present:number, voters:string[], chair:Person|null, document:VotedPaper|null,
 *   quorum:{present:number, required:number, met:boolean}, override_reason:string|null}} Opened
 * @typedef {{heading:string, arithmetic:string, identity:string, breakdown:string, announcement:string}} ResultWords
 * @typedef {{at:string, by:Person, n:number, present:number, voted:number, counts:Record<string, number>, invalid:number,
 *   not_returned:number, not_sent:number, absent:number, base:string, base_number:number, required:number,
 *   deciding:string|null, reached:number, missing:number, surplus:number,
 *   verdict:"adopted"|"not_adopted"|"tie_needs_ruling",
 *   tie:{flow:"chair_ballot"|"ruling", chair_user_id:string|null, side:string|null}|null,
 *   vi:ResultWords, en:ResultWords, log_id:string, log_index:number, leaf_hash:string}} Result
 * @typedef {{ruling:{side:string, reason:string, by:Person, at:string}|null, announced_at:string|null,
 *   announced_by:Person|null, cancelled_at:string|null, cancelled_by:Person|null, cancel_reason:string|null}} Ending
 * @typedef {{id:string, meeting_id:string, position:number, title:string, question:string, method:"named"|"hands"|"paper",
 *   rule_id:string, rule:RuleCard, options:Option[], agenda_item_id:string|null, document_id:string|null,
 *   version:number|null, allow_change:boolean, timer_seconds:number|null, repeats:string|null,
 *   status:"draft"|"open"|"closed"|"cancelled"|"void", opened:Opened|null, closed_at:string|null, result:Result|null, ending:Ending}} Poll
 * @typedef {{log_index:number, leaf_hash:string}} Receipt
 * @typedef {{poll_id:string, choice:string, channel:string, revision:number, receipt:Receipt,
 *   at:string}} OwnBallot  at: when it was sent, or entered for the person
 * @typedef {{poll_id:string, voted:number, present:number, n:number, waiting?:string[],
 *   unconfirmed?:{ballot_id:string, user_id:string, entered_by:string}[],
 *   tallied?:{channel:string, people:number, by:string}[]}} VoteProgress  the lists only for who runs the meeting
 * @typedef {{epoch:string, seq:number, mine_seq:number, me:Me, meeting:Meeting, live:Live, polls:Poll[],
 *   my_ballots:OwnBallot[], votes:VoteProgress[], server_time?:string}} Snapshot
 * @typedef {{v?:number, epoch:string, seq:number, type:string, at?:string, actor?:string|null, data?:any}} RoomEvent
 * @typedef {Record<string, import("../ink/types.js").Annotation>} PageMarks by id
 * @typedef {{seq:number, mine_seq:number, pages:Record<string, PageMarks>, gone:Record<string, number>,
 *   waiting:RoomEvent[]|null}} PaperMarks pages by "version/page"; `gone`: revisions of what was removed; `waiting`: what
 *   arrived while the paper was asked for, null once it is loaded
 * @typedef {{epoch:string, seq:number, mine_seq:number, me:Me, meeting:Meeting, live:Live, polls:Poll[],
 *   my_ballots:OwnBallot[], votes:VoteProgress[], annotations:Record<string, PaperMarks>, presence:Presence|null}} Room
 *   annotations: of the papers that were loaded, by document
 * @typedef {{document_id:string, version:number, page:number}} Place
 */
export {};
