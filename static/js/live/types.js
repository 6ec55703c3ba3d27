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
 *   seat:string|null, attendance:string|null}} Participant
 * @typedef {{numerator:number, denominator:number, comparison:string, formula:{vi:string, en:string},
 *   citation:{vi:string, en:string}, confirmed:boolean, voters:{vi:string, en:string}}} QuorumRule
 * @typedef {{id:string, title:string, kind:string|null, status:string, starts_at:string, ends_at:string|null,
 *   place:string|null, current_item_id:string|null, current_since?:string|null, resumes_at?:string|null,
 *   agenda:Item[], documents:Paper[], participants:Participant[], presenter:string|null,
 *   quorum_rule:QuorumRule}} Meeting
 * @typedef {{term:number, rev:number, document_id?:string|null, version?:number|null, page?:number|null,
 *   view?:unknown, presenter?:string|null, hidden?:boolean}} Live
 * @typedef {{joined:number, online:number, following:number, lost:number, seq:number,
 *   online_ids?:string[], lost_ids?:string[]}} Presence  the ids only for who runs the meeting
 * @typedef {{user_id:string, role:string, entitled_to_vote:boolean}} Me
 * @typedef {{epoch:string, seq:number, mine_seq:number, me:Me, meeting:Meeting, live:Live, server_time?:string}} Snapshot
 * @typedef {{v?:number, epoch:string, seq:number, type:string, at?:string, actor?:string|null, data?:any}} RoomEvent
 * @typedef {{epoch:string, seq:number, mine_seq:number, me:Me, meeting:Meeting, live:Live,
 *   presence:Presence|null}} Room
 * @typedef {{document_id:string, version:number, page:number}} Place
 */
export {};
