/**
 * The JSON that the server sends and takes. Generated from its schemas by
 * `python -m tests.contract.browser_types`; do not edit.
 */

/**
 * What an annotation is.
 */
export type Kind = "arrow" | "highlight" | "ink" | "note" | "rectangle" | "strike" | "text" | "underline"
/**
 * One's own annotation, and where to find it again.
 *
 * current_version: of its paper, which may have been replaced since. page_aspect: height of the
 * page divided by its width, so that what was drawn keeps its shape.
 */
export type OwnAnnotation = {
  id: string
  document_id: string
  version: number
  page: number
  audience: Audience
  user_id: string | null
  user_name: string | null
  author: string
  author_name: string
  style: Style
  text: string | null
  anchor: Anchor | null
  revision: number
  created_at: string
  updated_at: string
  document_title: string
  current_version: number
  page_aspect: number
  meeting_id: string
  meeting_title: string
  meeting_starts_at: string
} & Shape
/**
 * Who sees it: its author, everybody in the room who reads the paper, or one person.
 */
export type Audience = "meeting" | "person" | "private"
/**
 * What an annotation is, with its geometry.
 */
export type Shape =
  | {
      kind: "ink"
      geometry: Ink
    }
  | {
      kind: "highlight" | "underline" | "strike"
      geometry: Boxes
    }
  | {
      kind: "note"
      geometry: At
    }
  | {
      kind: "arrow"
      geometry: Span
    }
  | {
      kind: "rectangle" | "text"
      geometry: Frame
    }
/**
 * One annotation, whole. geometry: of its kind, fractions of the page as displayed.
 *
 * user_id, user_name: whom it is for, when the audience is one person.
 */
export type AnnotationView = {
  id: string
  document_id: string
  version: number
  page: number
  audience: Audience
  user_id: string | null
  user_name: string | null
  author: string
  author_name: string
  style: Style
  text: string | null
  anchor: Anchor | null
  revision: number
  created_at: string
  updated_at: string
} & Shape
/**
 * What somebody takes along: what no one else sees, what the whole room sees, or both.
 */
export type Wanted = "all" | "meeting" | "private"
/**
 * Where a meeting stands, in its order (paused goes back to in_session).
 */
export type MeetingStatus = "archived" | "closed" | "draft" | "in_session" | "paused" | "published"
/**
 * What the roll call says of one person.
 */
export type AttendanceStatus = "absent" | "excused" | "late" | "left" | "present"
/**
 * How a number stands to a share of its base.
 */
export type Comparison = ">" | ">="
/**
 * How a poll is held. Only a named one tells on which side somebody voted.
 */
export type PollMethod = "hands" | "named" | "paper"
/**
 * Where a poll stands. `void`: an open secret poll that lost its key.
 */
export type PollStatus = "cancelled" | "closed" | "draft" | "open" | "void"
/**
 * What a closed poll says.
 */
export type Verdict = "adopted" | "not_adopted" | "tie_needs_ruling"
/**
 * Who decides a tie: the ballot that the chair cast, or a ruling that the chair records.
 */
export type TieFlow = "chair_ballot" | "ruling"
/**
 * The options that rules know; any other is an opinion that is counted and shown.
 */
export type ChoiceKey = "abstain" | "against" | "for"
/**
 * How a vote reached the count.
 */
export type Channel = "hands" | "paper" | "recorded" | "tablet"
/**
 * Where a person is counted. AWAY: not among those who joined this sitting.
 */
export type Whereabouts = "apart" | "away" | "following" | "lost"

export interface Wire {
  Routes: Routes
  RoomEvents: RoomEvents
  MineEvents: MineEvents
  ClientEvents: ClientEvents
  Acks: Acks
  Packets: Packets
  Problem: Problem
}
export interface Routes {
  "DELETE /api/v1/agenda-items/{item_id}": {}
  "PATCH /api/v1/agenda-items/{item_id}": {
    body: ItemPatch
    answer: ItemFacts
  }
  "PUT /api/v1/agenda-items/{item_id}/document-order": {
    body: Order
    answer: DocumentList
  }
  "POST /api/v1/agenda-items/{item_id}/documents": {
    answer: Accepted
  }
  "GET /api/v1/annotations": {
    query: OwnFilter
    answer: OwnAnnotationList
  }
  "DELETE /api/v1/annotations/{annotation_id}": {}
  "PATCH /api/v1/annotations/{annotation_id}": {
    body: AnnotationPatch
    answer: AnnotationView
  }
  "GET /api/v1/annotations/papers": {
    answer: OwnPaperList
  }
  "DELETE /api/v1/ballots/{ballot_id}": {}
  "GET /api/v1/ballots/{ballot_id}": {
    answer: RecordedBallot
  }
  "POST /api/v1/ballots/{ballot_id}/confirm": {
    answer: OwnBallot
  }
  "DELETE /api/v1/documents/{document_id}": {}
  "GET /api/v1/documents/{document_id}": {
    answer: DocumentDetail
  }
  "PATCH /api/v1/documents/{document_id}": {
    body: DocumentPatch
    answer: DocumentDetail
  }
  "GET /api/v1/documents/{document_id}/annotations": {
    query: AnnotationsQuery
    answer: AnnotationList
  }
  "POST /api/v1/documents/{document_id}/annotations": {
    body: AnnotationBody
    answer: AnnotationView
  }
  "POST /api/v1/documents/{document_id}/annotations/batch": {
    body: AnnotationsBody
    answer: KeptList
  }
  "GET /api/v1/documents/{document_id}/comments.docx": {
    query: CommentsQuery
  }
  "POST /api/v1/documents/{document_id}/publish": {
    answer: DocumentDetail
  }
  "POST /api/v1/documents/{document_id}/versions": {
    answer: Accepted
  }
  "GET /api/v1/documents/{document_id}/versions/{number}/annotated.pdf": {
    query: AnnotatedQuery
  }
  "GET /api/v1/documents/{document_id}/versions/{number}/file": {}
  "GET /api/v1/documents/{document_id}/versions/{number}/pages/{page}": {
    answer: PageView
  }
  "GET /api/v1/documents/{document_id}/versions/{number}/pages/{page}/image": {
    query: ImageQuery
  }
  "GET /api/v1/documents/{document_id}/versions/{number}/pages/{page}/notes": {
    answer: PageNotes
  }
  "GET /api/v1/documents/{document_id}/versions/{number}/pages/{page}/text": {
    answer: PageWords
  }
  "GET /api/v1/documents/{document_id}/versions/{number}/pages/{page}/tiles/{width}/{column}/{row}": {}
  "GET /api/v1/meeting-templates": {
    answer: Listing_MeetingTemplate_
  }
  "GET /api/v1/meetings": {
    query: MeetingFilter
    answer: MeetingList
  }
  "POST /api/v1/meetings": {
    body: NewMeetingBody
    answer: MeetingView
  }
  "DELETE /api/v1/meetings/{meeting_id}": {}
  "GET /api/v1/meetings/{meeting_id}": {
    answer: MeetingView
  }
  "PATCH /api/v1/meetings/{meeting_id}": {
    body: MeetingPatch
    answer: MeetingView
  }
  "POST /api/v1/meetings/{meeting_id}/agenda-items": {
    body: NewItem
    answer: AgendaItemView
  }
  "PUT /api/v1/meetings/{meeting_id}/agenda-order": {
    body: Order
    answer: MeetingView
  }
  "GET /api/v1/meetings/{meeting_id}/attendance": {
    answer: RollView
  }
  "PUT /api/v1/meetings/{meeting_id}/attendance": {
    body: RollBody
    answer: CalledView
  }
  "GET /api/v1/meetings/{meeting_id}/attendance.pdf": {}
  "DELETE /api/v1/meetings/{meeting_id}/attendance/{user_id}": {
    answer: AttendanceView
  }
  "PUT /api/v1/meetings/{meeting_id}/attendance/{user_id}": {
    body: AttendanceBody
    answer: AttendanceView
  }
  "PUT /api/v1/meetings/{meeting_id}/current-item": {
    body: CurrentItem
    answer: MeetingView
  }
  "PUT /api/v1/meetings/{meeting_id}/document-order": {
    body: IdsBody
    answer: DocumentList
  }
  "POST /api/v1/meetings/{meeting_id}/documents": {
    answer: Accepted
  }
  "GET /api/v1/meetings/{meeting_id}/events": {
    query: After
    answer: CatchUp
  }
  "POST /api/v1/meetings/{meeting_id}/guests": {
    body: NewGuest
    answer: GuestView
  }
  "DELETE /api/v1/meetings/{meeting_id}/guests/{guest_id}": {}
  "PATCH /api/v1/meetings/{meeting_id}/guests/{guest_id}": {
    body: GuestPatch
    answer: GuestView
  }
  "PUT /api/v1/meetings/{meeting_id}/guests/{guest_id}/attendance": {
    body: GuestAttendance
    answer: GuestView
  }
  "DELETE /api/v1/meetings/{meeting_id}/participants/{user_id}": {}
  "PUT /api/v1/meetings/{meeting_id}/participants/{user_id}": {
    body: ParticipantBody
    answer: ParticipantView
  }
  "PUT /api/v1/meetings/{meeting_id}/poll-order": {
    body: PollOrder
    answer: PollList
  }
  "GET /api/v1/meetings/{meeting_id}/polls": {
    answer: PollList
  }
  "POST /api/v1/meetings/{meeting_id}/polls": {
    body: NewPollBody
    answer: PollView
  }
  "PUT /api/v1/meetings/{meeting_id}/presenter": {
    body: PresenterBody
    answer: PresenterView
  }
  "GET /api/v1/meetings/{meeting_id}/snapshot": {
    answer: Snapshot
  }
  "POST /api/v1/meetings/{meeting_id}/status": {
    body: StatusBody
    answer: MeetingView
  }
  "GET /api/v1/meetings/{meeting_id}/vote-archive.zip": {}
  "GET /api/v1/meetings/{meeting_id}/vote-log": {
    query: LogQuery
    answer: LogPage
  }
  "GET /api/v1/meetings/{meeting_id}/vote-log/checkpoint": {
    answer: LogHead
  }
  "GET /api/v1/meetings/{meeting_id}/vote-log/consistency": {
    query: ConsistencyQuery
    answer: ConsistencyProof
  }
  "GET /api/v1/meetings/{meeting_id}/vote-log/proof": {
    query: ProofQuery
    answer: InclusionProof
  }
  "PUT /api/v1/meetings/{meeting_id}/writing/{user_id}": {
    body: WriterBody
    answer: WriterView
  }
  "GET /api/v1/notes": {
    query: NoteFilter
    answer: NoteList
  }
  "POST /api/v1/notes": {
    body: NoteBody
    answer: NoteView
  }
  "DELETE /api/v1/notes/{note_id}": {}
  "PATCH /api/v1/notes/{note_id}": {
    body: NotePatch
    answer: NoteView
  }
  "GET /api/v1/openapi.json": {
    answer: {
      [k: string]: unknown
    }
  }
  "GET /api/v1/people": {
    query: Search
    answer: Listing_PersonView_
  }
  "DELETE /api/v1/polls/{poll_id}": {}
  "GET /api/v1/polls/{poll_id}": {
    answer: PollView
  }
  "PATCH /api/v1/polls/{poll_id}": {
    body: PollPatch
    answer: PollView
  }
  "POST /api/v1/polls/{poll_id}/announce": {
    answer: PollView
  }
  "POST /api/v1/polls/{poll_id}/ballots": {
    body: ChoiceBody
    answer: OwnBallot
  }
  "POST /api/v1/polls/{poll_id}/ballots/for-member": {
    body: MeetingsVotingBallotViews
    answer: RecordedBallot
  }
  "GET /api/v1/polls/{poll_id}/ballots/mine": {
    answer: MyBallot
  }
  "POST /api/v1/polls/{poll_id}/cancel": {
    body: ReasonBody
    answer: PollView
  }
  "POST /api/v1/polls/{poll_id}/close": {
    answer: PollResult
  }
  "POST /api/v1/polls/{poll_id}/open": {
    body: OpenBody
    answer: PollView
  }
  "POST /api/v1/polls/{poll_id}/remind": {}
  "GET /api/v1/polls/{poll_id}/result": {
    answer: PollResult
  }
  "GET /api/v1/polls/{poll_id}/result.csv": {}
  "GET /api/v1/polls/{poll_id}/result.pdf": {}
  "GET /api/v1/polls/{poll_id}/result.xlsx": {}
  "POST /api/v1/polls/{poll_id}/ruling": {
    body: RulingBody
    answer: PollView
  }
  "POST /api/v1/polls/{poll_id}/tally": {
    body: TallyBody
    answer: Tallied
  }
  "GET /api/v1/polls/{poll_id}/tellers-record": {
    answer: TellersRecord
  }
  "PUT /api/v1/polls/{poll_id}/tellers-record": {
    body: MeetingsVotingPaperViews
    answer: TellersRecord
  }
  "GET /api/v1/polls/{poll_id}/tellers-record.docx": {}
  "GET /api/v1/polls/{poll_id}/tellers-record.pdf": {}
  "PUT /api/v1/preferences": {
    body: Preferences
  }
  "GET /api/v1/rule-packs": {
    answer: Listing_RulePackView_
  }
  "POST /api/v1/rule-packs": {
    body: PackBody
    query: PackQuery
    answer: RulePackView
  }
  "DELETE /api/v1/rule-packs/{pack_id}": {
    answer: RulePackView
  }
  "GET /api/v1/rule-packs/{pack_id}": {
    answer: RulePackText
  }
  "DELETE /api/v1/session": {}
  "GET /api/v1/session": {
    answer: SessionView
  }
  "POST /api/v1/session": {
    body: Credentials
    answer: SessionView
  }
  "POST /api/v1/session/password": {
    body: PasswordChange
    answer: Done
  }
  "GET /api/v1/sessions": {
    answer: SignInList
  }
  "DELETE /api/v1/sessions/{sign_in_id}": {
    answer: Done
  }
  "POST /api/v1/setup": {
    body: FirstRun
    answer: SessionView
  }
  "GET /api/v1/units": {
    answer: Listing_UnitView_
  }
  "POST /api/v1/units": {
    body: NewUnit
    answer: UnitView
  }
  "DELETE /api/v1/units/{unit_id}": {
    answer: Done
  }
  "PATCH /api/v1/units/{unit_id}": {
    body: UnitChanges
    answer: UnitView
  }
  "GET /api/v1/users": {
    query: Search
    answer: Listing_UserView_
  }
  "POST /api/v1/users": {
    body: NewUser
    answer: UserAdded
  }
  "DELETE /api/v1/users/{user_id}": {
    answer: UserRemoved
  }
  "PATCH /api/v1/users/{user_id}": {
    body: UserChanges
    answer: UserView
  }
  "POST /api/v1/users/{user_id}/password": {
    body: GivenPassword
    answer: PasswordSet
  }
  "GET /api/v1/vote-rules": {
    query: RuleFilter
    answer: Listing_VoteRule_
  }
}
/**
 * Body of PATCH /agenda-items/{id}.
 */
export interface ItemPatch {
  title?: string
  minutes?: number | null
  rapporteur?: string | null
}
/**
 * An item without its papers.
 */
export interface ItemFacts {
  id: string
  title: string
  position: number
  minutes: number | null
  rapporteur: string | null
}
/**
 * A new order, by ids.
 */
export interface Order {
  ids: string[]
}
/**
 * The papers of one shelf, in order.
 */
export interface DocumentList {
  items: DocumentView[]
  next: null
}
/**
 * A paper as it stands in a meeting and in events.
 *
 * version: the current one. next_version: a newer one on its way or failed; preparers only.
 */
export interface DocumentView {
  id: string
  title: string
  kind: string
  position: number
  current_version: number
  published_at: string | null
  open_to_guests: boolean
  version: VersionView
  next_version: VersionView | null
}
/**
 * One version. `page_sizes`: runs of [count, width_pt, height_pt], empty until measured.
 */
export interface VersionView {
  number: number
  status: string
  page_count: number | null
  progress: Progress
  bytes: number
  sha256: string
  file_name: string
  error: VersionError | null
  page_sizes: [number, number, number][]
}
/**
 * Pages drawn and pages in all (0 while not counted yet).
 */
export interface Progress {
  done: number
  total: number
}
/**
 * Why a version failed: a code of the closed list and its sentence.
 */
export interface VersionError {
  code: string
  detail: string
}
/**
 * The paper (or version) is taken in and will be processed.
 */
export interface Accepted {
  id: string
  version: number
}
/**
 * What the list may be narrowed by. q: every word must be in the text of the annotation or in
 * the words of the paper that it belongs to, accents or not.
 */
export interface OwnFilter {
  document_id?: string | null
  kind?: Kind | null
  q?: string
  after?: string | null
}
/**
 * One page of one's own annotations, the newest first. `next`: cursor of the following page.
 */
export interface OwnAnnotationList {
  items: OwnAnnotation[]
  next: string | null
}
/**
 * How it is drawn. color: #rrggbb. width and size (of letters): thousandths of the page's
 * width. Ink with an opacity below 1 is a highlighter's.
 */
export interface Style {
  color: string
  width: number
  opacity: number
  size: number
}
/**
 * The words that it belongs to: marked ones with what stands around them, or the nearest block
 * of text with its box. With these it can be found again in a later version of the paper.
 */
export interface Anchor {
  text: string
  prefix: string
  suffix: string
  box: [number, number, number, number] | null
}
/**
 * Strokes of a pen: lists of [x, y, pressure].
 */
export interface Ink {
  strokes: [number, number, number][][]
}
/**
 * Marked words: one [x0, y0, x1, y1] for each line of them.
 */
export interface Boxes {
  boxes: [number, number, number, number][]
}
/**
 * Where a note is stuck.
 */
export interface At {
  /**
   * @minItems 2
   * @maxItems 2
   */
  at: [number, number]
}
/**
 * An arrow, pointing to its end.
 */
export interface Span {
  /**
   * @minItems 2
   * @maxItems 2
   */
  from: [number, number]
  /**
   * @minItems 2
   * @maxItems 2
   */
  to: [number, number]
}
/**
 * The frame of a text or of a rectangle.
 */
export interface Frame {
  /**
   * @minItems 4
   * @maxItems 4
   */
  box: [number, number, number, number]
}
/**
 * Body of PATCH /annotations/{id}. revision: of the annotation that is changed.
 */
export interface AnnotationPatch {
  revision: number
  geometry?: unknown
  style?: StyleBody
  text?: string | null
  anchor?: AnchorBody | null
  audience?: Audience
  user_id?: string | null
}
/**
 * How it is drawn. width, size (of letters): thousandths of the page's width.
 */
export interface StyleBody {
  color: string
  width?: number
  opacity?: number
  size?: number
}
/**
 * The words that it belongs to; box: of the nearest block of text.
 */
export interface AnchorBody {
  text: string
  prefix?: string
  suffix?: string
  box?: [number, number, number, number] | null
}
/**
 * The papers that one wrote on, by the last one written on.
 */
export interface OwnPaperList {
  items: OwnPaper[]
  next: null
}
/**
 * A paper that one wrote on: how many annotations.
 */
export interface OwnPaper {
  document_id: string
  document_title: string
  meeting_id: string
  meeting_title: string
  annotations: number
}
/**
 * A ballot entered for a member, as those see it who may confirm it.
 *
 * choice: None once it is confirmed: from then on it is sealed until the poll is closed.
 */
export interface RecordedBallot {
  id: string
  poll_id: string
  user_id: string
  choice: string | null
  reason: string
  entered_by: Person
  confirmed_by: Person | null
}
/**
 * Somebody, with the name they had at that moment.
 */
export interface Person {
  user_id: string
  name: string
}
/**
 * A person's own standing ballot in a poll.
 *
 * channel: tablet or recorded. at: when it was sent, or entered.
 */
export interface OwnBallot {
  poll_id: string
  choice: string
  channel: string
  revision: number
  receipt: Receipt
  at: string
}
/**
 * Where a sealed ballot stands in the log. leaf_hash: hex.
 */
export interface Receipt {
  log_index: number
  leaf_hash: string
}
/**
 * A paper with all versions that this reader may see, oldest first.
 */
export interface DocumentDetail {
  id: string
  title: string
  kind: string
  current_version: number
  published_at: string | null
  open_to_guests: boolean
  shelf: Shelf
  versions: VersionView[]
}
/**
 * The name of a shelf; also how it stands in events.
 */
export interface Shelf {
  kind: string
  id: string
}
/**
 * Body of PATCH /documents/{id}.
 */
export interface DocumentPatch {
  title?: string
  kind?: string
  open_to_guests?: boolean
}
/**
 * Query of GET /documents/{id}/annotations. version: of this one alone.
 */
export interface AnnotationsQuery {
  version?: number | null
}
/**
 * What one person sees of a paper, as of `seq` of its room and `mine_seq` of the person.
 */
export interface AnnotationList {
  items: AnnotationView[]
  next: null
  epoch: string
  seq: number
  mine_seq: number
}
/**
 * Body of POST /documents/{id}/annotations.
 *
 * id: made by the client, so that it can go on before it is answered. version: without it the
 * current one. user_id: whom it is for, with the audience `person`. geometry: of its kind, see
 * docs/annotations.md.
 */
export interface AnnotationBody {
  page: number
  kind: Kind
  geometry: unknown
  audience?: Audience
  style?: StyleBody
  id?: string | null
  version?: number | null
  user_id?: string | null
  text?: string | null
  anchor?: AnchorBody | null
}
/**
 * Body of POST /documents/{id}/annotations/batch.
 */
export interface AnnotationsBody {
  items: AnnotationBody[]
}
/**
 * The answer to a batch, in its order.
 */
export interface KeptList {
  items: Kept[]
}
/**
 * What the server made of one annotation of a batch.
 */
export interface Kept {
  id: string
  revision: number
  created_at: string
}
/**
 * Query of the comments of a paper; without `version` those of the current one.
 */
export interface CommentsQuery {
  audience?: Wanted
  version?: number | null
}
/**
 * Query of an annotated PDF. flat: drawn into the pages for good, not to be edited.
 */
export interface AnnotatedQuery {
  audience?: Wanted
  flat?: boolean
}
/**
 * One page as displayed, in points; `label`: its printed number, may be empty.
 */
export interface PageView {
  width_pt: number
  height_pt: number
  label: string
  widths: number[]
}
/**
 * Query of a page image. `width`: pixels that the reader can use.
 */
export interface ImageQuery {
  width?: number
}
/**
 * What the annotations of an uploaded paper say on one of its pages.
 */
export interface PageNotes {
  notes: PaperNote[]
}
/**
 * What one annotation of an uploaded paper says. kind: as ours are called, else `other`.
 *
 * box: as fractions of the page as displayed. date: of its last change, if it says so.
 */
export interface PaperNote {
  kind: string
  /**
   * @minItems 4
   * @maxItems 4
   */
  box: [number, number, number, number]
  author: string
  text: string
  date: string | null
}
/**
 * The words of a page: [x0, y0, x1, y1, word].
 */
export interface PageWords {
  words: [number, number, number, number, string][]
}
/**
 * One page of a list. `next`: cursor of the following page, null on the last.
 */
export interface Listing_MeetingTemplate_ {
  items: MeetingTemplate[]
  next: string | null
}
/**
 * A usual meeting: its kind and agenda. Titles are official Vietnamese in both languages.
 */
export interface MeetingTemplate {
  key: string
  title: string
  kind: string
  items: TemplateItem[]
}
/**
 * An item of a template. `minutes`: planned length.
 */
export interface TemplateItem {
  title: string
  minutes: number
}
/**
 * What a list of meetings may be narrowed by.
 */
export interface MeetingFilter {
  status?: MeetingStatus | null
  from?: string | null
  to?: string | null
  q?: string | null
  cursor?: string | null
}
/**
 * One page of a list. `next`: cursor of the following page, or None.
 */
export interface MeetingList {
  items: MeetingLine[]
  next: string | null
}
/**
 * A meeting in a list. `my_role`: the reader's role in it, None for an administrator.
 */
export interface MeetingLine {
  id: string
  title: string
  kind: string
  status: string
  starts_at: string
  ends_at: string | null
  place: string
  my_role: string | null
}
/**
 * Body of POST /meetings. Without `unit_id` it belongs to the unit of whoever makes it.
 */
export interface NewMeetingBody {
  title: string
  starts_at: string
  ends_at?: string | null
  kind?: string
  place?: string
  unit_id?: string | null
  chair_ids?: string[]
  secretary_ids?: string[] | null
  template?: string | null
  member_writing?: boolean
}
/**
 * A meeting as one of its people sees it: papers are those that this person may read.
 *
 * member_writing: members may write what the whole room sees.
 *
 * guests: those without an account, who are no participants.
 */
export interface MeetingView {
  id: string
  title: string
  kind: string
  status: string
  starts_at: string
  ends_at: string | null
  place: string
  unit_id: string | null
  unit_name: string | null
  resumes_at: string | null
  closed_at: string | null
  current_item_id: string | null
  current_since: string | null
  agenda: AgendaItemView[]
  documents: DocumentView[]
  participants: ParticipantView[]
  guests: GuestView[]
  presenter: string | null
  member_writing: boolean
  quorum_rule: QuorumRuleView
}
/**
 * An item as the room sees it. `documents`: the papers that this reader may read.
 */
export interface AgendaItemView {
  id: string
  title: string
  position: number
  minutes: number | null
  rapporteur: string | null
  documents: DocumentView[]
}
/**
 * One person of a meeting, as everybody in the room sees it.
 *
 * writing_muted: was kept from writing for the whole room.
 */
export interface ParticipantView {
  user_id: string
  display_name: string
  position: string | null
  role: string
  entitled_to_vote: boolean
  seat: string | null
  attendance: string | null
  writing_muted: boolean
}
/**
 * A guest without an account, as everybody in the room sees one.
 */
export interface GuestView {
  id: string
  name: string
  position: string
  organisation: string
  attendance: AttendanceStatus | null
}
/**
 * How many of the entitled must be here, by the rules of the body that meets.
 *
 * `voters`: what the rules call the entitled. `confirmed`: a lawyer has checked the citation.
 */
export interface QuorumRuleView {
  numerator: number
  denominator: number
  comparison: Comparison
  formula: Words
  citation: Words
  confirmed: boolean
  voters: Words
}
/**
 * The same text in both languages.
 */
export interface Words {
  vi: string
  en: string
}
/**
 * Body of PATCH /meetings/{id}. `member_writing`: members may write for the whole room.
 */
export interface MeetingPatch {
  title?: string
  starts_at?: string
  ends_at?: string | null
  kind?: string
  place?: string
  unit_id?: string | null
  member_writing?: boolean
}
/**
 * Body of POST /meetings/{id}/agenda-items.
 */
export interface NewItem {
  title: string
  minutes?: number | null
  rapporteur?: string | null
}
/**
 * The roll sheet: everybody in the order of listing, and where the quorum stands.
 */
export interface RollView {
  items: RollLine[]
  quorum: Quorum
}
/**
 * One person of the roll sheet. `by`: the person who said it, `by_name` as shown.
 */
export interface RollLine {
  user_id: string
  display_name: string
  position: string | null
  role: string
  entitled_to_vote: boolean
  seat: string | null
  status: AttendanceStatus | null
  reason: string | null
  at: string | null
  by: string | null
  by_name: string | null
}
/**
 * Of `entitled` people `present` are here, `required` must be; `missing` are too few.
 */
export interface Quorum {
  present: number
  entitled: number
  required: number
  met: boolean
  missing: number
}
/**
 * Body of PUT /meetings/{id}/attendance. `status`: null takes the word back.
 */
export interface RollBody {
  user_ids: string[]
  status: AttendanceStatus | null
}
/**
 * Of whom a word for several changed what the roll says, and to what.
 */
export interface CalledView {
  user_ids: string[]
  status: AttendanceStatus | null
}
/**
 * What the roll call says of one person, without the reason. `at`: since when it says so.
 */
export interface AttendanceView {
  user_id: string
  status: AttendanceStatus | null
  at: string | null
}
/**
 * Body of PUT /meetings/{id}/attendance/{user_id}. `reason`: "" takes an earlier one away.
 */
export interface AttendanceBody {
  status: AttendanceStatus
  reason?: string | null
}
/**
 * Body of PUT /meetings/{id}/current-item.
 */
export interface CurrentItem {
  agenda_item_id: string | null
}
/**
 * A new order, by ids.
 */
export interface IdsBody {
  ids: string[]
}
/**
 * Query of GET /meetings/{id}/events: what the tablet has.
 */
export interface After {
  epoch: string
  after: number
  mine_after?: number | null
}
/**
 * The events that a tablet missed, of the room and of its person, in order.
 *
 * votes: how far open polls have come at this moment.
 */
export interface CatchUp {
  epoch: string
  seq: number
  mine_seq: number
  events: {
    [k: string]: unknown
  }[]
  mine: {
    [k: string]: unknown
  }[]
  votes: VoteProgress[]
}
/**
 * How far an open poll has come: all that anybody may know before it is closed.
 *
 * waiting, unconfirmed, tallied: for chair and secretary only: ids of those who have not sent,
 * recorded ballots that wait for the second person, channels counted by hand.
 */
export interface VoteProgress {
  poll_id: string
  voted: number
  present: number
  n: number
  waiting?: string[]
  unconfirmed?: Unconfirmed[]
  tallied?: Tallied[]
}
/**
 * A recorded ballot that a second person has yet to confirm; what was chosen is not said.
 */
export interface Unconfirmed {
  ballot_id: string
  user_id: string
  entered_by: string
}
/**
 * A channel was counted by hand; `people`: how many it stands for. Counts are not said.
 */
export interface Tallied {
  channel: string
  people: number
  by: string
}
/**
 * Body of POST /meetings/{id}/guests.
 */
export interface NewGuest {
  name: string
  position?: string
  organisation?: string
}
/**
 * Body of PATCH /meetings/{id}/guests/{guest_id}.
 */
export interface GuestPatch {
  name?: string
  position?: string
  organisation?: string
}
/**
 * Body of PUT /meetings/{id}/guests/{guest_id}/attendance. null takes the word back.
 */
export interface GuestAttendance {
  status: AttendanceStatus | null
}
/**
 * Body of PUT /meetings/{id}/participants/{user_id}.
 */
export interface ParticipantBody {
  role: "chair" | "guest" | "member" | "secretary"
  entitled_to_vote?: boolean | null
  seat?: string | null
}
/**
 * Body of PUT /meetings/{id}/poll-order: every question that was not put yet, by id.
 */
export interface PollOrder {
  ids: string[]
}
/**
 * The polls of a meeting in their order.
 */
export interface PollList {
  items: PollView[]
  next: string | null
}
/**
 * A poll as the room sees it. Drafts are seen by chair and secretary only.
 *
 * version: of the paper. opened: None while a draft. closed_at, result: None until closed; the
 * result, and a ruling, also for those who wait for the announcement.
 */
export interface PollView {
  id: string
  meeting_id: string
  position: number
  title: string
  question: string
  method: PollMethod
  rule_id: string
  rule: RuleCard
  options: Option[]
  agenda_item_id: string | null
  document_id: string | null
  version: number | null
  allow_change: boolean
  timer_seconds: number | null
  repeats: string | null
  status: PollStatus
  opened: OpenedCard | null
  closed_at: string | null
  result: ResultCard | null
  ending: Ending
}
/**
 * A rule as people read it beside a question. `line`: with this poll's number, once open.
 */
export interface RuleCard {
  id: string
  version: number
  title: Words
  formula: Words
  citation: Words
  confirmed: boolean
  line: Words | null
}
/**
 * An option of a poll. `key`: what is counted; `label`: what people read.
 */
export interface Option {
  key: string
  label: string
}
/**
 * The opening as the room sees it.
 */
export interface OpenedCard {
  at: string
  by: Person
  n: number
  present: number
  voters: string[]
  chair: Person | null
  document: VotedPaper | null
  quorum: QuorumFacts
  override_reason: string | null
}
/**
 * The version that a question is about. Its title is not here: not everybody may read it.
 */
export interface VotedPaper {
  document_id: string
  version: number
  sha256: string
}
/**
 * Present people against the number that the rule's quorum requires.
 */
export interface QuorumFacts {
  present: number
  required: number
  met: boolean
}
/**
 * A result as the room sees it, without names.
 */
export interface ResultCard {
  n: number
  present: number
  voted: number
  counts: {
    [k: string]: number
  }
  invalid: number
  not_returned: number
  not_sent: number
  absent: number
  base: string
  base_number: number
  required: number
  deciding: string | null
  reached: number
  missing: number
  surplus: number
  verdict: Verdict
  tie: Tie | null
  log_id: string
  log_index: number
  leaf_hash: string
  at: string
  by: Person
  vi: ResultWords
  en: ResultWords
}
/**
 * A tie that the chair decides. `side`: for or against; None while a ruling is awaited.
 */
export interface Tie {
  flow: TieFlow
  chair_user_id: string | null
  side: ChoiceKey | null
}
/**
 * The sentences of a result in one language.
 *
 * identity: the numbers as a sum, for papers. breakdown: the same numbers in words, for screens.
 */
export interface ResultWords {
  heading: string
  arithmetic: string
  identity: string
  breakdown: string
  announcement: string
}
/**
 * What followed: a ruling, the announcement, or that the poll was cancelled.
 */
export interface Ending {
  ruling: Ruling | null
  announced_at: string | null
  announced_by: Person | null
  cancelled_at: string | null
  cancelled_by: Person | null
  cancel_reason: string | null
  cancelled_in: LogPlace | null
}
/**
 * The chair's ruling on a tie. `side`: for or against.
 */
export interface Ruling {
  side: string
  reason: string
  by: Person
  at: string
}
/**
 * One entry of a log. leaf_hash: hex.
 */
export interface LogPlace {
  log_id: string
  index: number
  leaf_hash: string
}
/**
 * Body of POST /meetings/{id}/polls. Without options: those of the rule.
 */
export interface NewPollBody {
  question: string
  title?: string
  method?: PollMethod
  rule_id?: string | null
  options?: OptionBody[] | null
  agenda_item_id?: string | null
  document_id?: string | null
  version?: number | null
  allow_change?: boolean
  timer_seconds?: number | null
  repeats?: string | null
}
/**
 * An option. `key`: what is counted; for, against and abstain are those that rules know.
 */
export interface OptionBody {
  key: string
  label: string
}
/**
 * Body of PUT /meetings/{id}/presenter.
 */
export interface PresenterBody {
  user_id: string
}
/**
 * Who presents now, under which term.
 */
export interface PresenterView {
  user_id: string | null
  term: number
}
/**
 * A room as one person sees it at `seq`. `live` is added by the server that runs the room.
 *
 * votes: how far open polls have come at this moment; it moves on the live lane.
 */
export interface Snapshot {
  epoch: string
  seq: number
  mine_seq: number
  me: Me
  meeting: MeetingView
  live: RoomLivePacket
  polls: PollView[]
  my_ballots: OwnBallot[]
  votes: VoteProgress[]
  server_time: string
}
/**
 * The reader in this room.
 */
export interface Me {
  user_id: string
  role: string
  entitled_to_vote: boolean
}
/**
 * What the room is shown. Ordered by (term, rev): the later one replaces what was.
 *
 * To who may not read the paper: `hidden: true` in place of the paper, its page and view.
 */
export interface RoomLivePacket {
  term: number
  rev: number
  presenter: string | null
  document_id?: string | null
  version?: number | null
  page?: number | null
  view?: View | null
  hidden?: boolean
}
/**
 * The part of the page that the presenter shows: centre and scale, 1 is the whole width.
 */
export interface View {
  x: number
  y: number
  scale: number
}
/**
 * Body of POST /meetings/{id}/status. `resumes_at`: with paused, when it goes on.
 */
export interface StatusBody {
  status: MeetingStatus
  resumes_at?: string | null
}
/**
 * Query of GET vote-log: the first entry wanted, and how many at most.
 */
export interface LogQuery {
  from?: number
  limit?: number
}
/**
 * Part of a log. size: of all of it. next: the index after the last one here, or None where no
 * more may be read.
 */
export interface LogPage {
  log_id: string
  size: number
  entries: LogLine[]
  next: number | null
}
/**
 * One entry. entry: its canonical JSON as text; leaf_hash: hex.
 */
export interface LogLine {
  index: number
  leaf_hash: string
  entry: string
}
/**
 * The newest signed head; null where nothing was logged yet.
 *
 * note: a signed note. root: hex. vkey: the key that signed it. previous_vkeys: every change of
 * keys in all logs of the meeting. earlier: the logs that the present one continues.
 */
export interface LogHead {
  log_id: string | null
  size: number
  root: string | null
  note: string | null
  vkey: string | null
  previous_vkeys: Rotation[]
  earlier: EarlierLog[]
}
/**
 * One change of a log's keys; see docs/vote-log.md.
 */
export interface Rotation {
  old_key: string
  new_key: string
  signature_by_old: string
}
/**
 * A log that the present one continues after a restore. root: hex.
 */
export interface EarlierLog {
  log_id: string
  size: number
  root: string
}
/**
 * Query of GET vote-log/consistency: two sizes of the log.
 */
export interface ConsistencyQuery {
  from: number
  to?: number | null
}
/**
 * That the log of one size is the beginning of the log of another. Hashes in hex.
 */
export interface ConsistencyProof {
  log_id: string
  from: number
  to: number
  proof: string[]
}
/**
 * Query of GET vote-log/proof: an entry, and the size of the log that it is shown to be in.
 */
export interface ProofQuery {
  index: number
  size?: number | null
}
/**
 * That an entry is in the log of a size. Hashes in hex.
 */
export interface InclusionProof {
  log_id: string
  index: number
  size: number
  leaf_hash: string
  root: string
  proof: string[]
}
/**
 * Body of PUT /meetings/{id}/writing/{user_id}.
 */
export interface WriterBody {
  muted: boolean
}
/**
 * Whether a person is muted: nothing they write is for the whole room.
 */
export interface WriterView {
  user_id: string
  muted: boolean
}
/**
 * What the list may be narrowed by; every word of `q` must be in the note, accents or not.
 */
export interface NoteFilter {
  meeting_id?: string | null
  q?: string
  after?: string | null
}
/**
 * One page of a person's notes, the newest first. `next`: cursor of the following page.
 */
export interface NoteList {
  items: NoteView[]
  next: string | null
}
/**
 * One note as its owner sees it.
 *
 * meeting_…: null without a meeting, or when one does not sit in it any more.
 */
export interface NoteView {
  id: string
  meeting_id: string | null
  meeting_title: string | null
  meeting_starts_at: string | null
  text: string
  revision: number
  created_at: string
  updated_at: string
}
/**
 * Body of POST /notes. id: made by the client, so that it can go on before it is answered.
 */
export interface NoteBody {
  text: string
  id?: string | null
  meeting_id?: string | null
}
/**
 * Body of PATCH /notes/{id}. revision: of the note that is written anew.
 */
export interface NotePatch {
  revision: number
  text: string
}
/**
 * What a list of people is asked for; every word of `q` must be found, accents or not.
 */
export interface Search {
  q?: string
  cursor?: string | null
  limit?: number
  active?: boolean | null
}
/**
 * One page of a list. `next`: cursor of the following page, null on the last.
 */
export interface Listing_PersonView_ {
  items: PersonView[]
  next: string | null
}
/**
 * A person as colleagues choose one. `unit`: its name.
 */
export interface PersonView {
  id: string
  display_name: string
  position: string
  unit: string | null
}
/**
 * Body of PATCH /polls/{id}; options null: those of the rule.
 */
export interface PollPatch {
  question?: string
  title?: string
  method?: PollMethod
  rule_id?: string
  options?: OptionBody[] | null
  agenda_item_id?: string | null
  document_id?: string | null
  version?: number | null
  allow_change?: boolean
  timer_seconds?: number | null
}
/**
 * Body of POST /polls/{id}/ballots: the key of an option.
 */
export interface ChoiceBody {
  choice: string
}
/**
 * Body of POST /polls/{id}/ballots/for-member.
 */
export interface MeetingsVotingBallotViews {
  user_id: string
  choice: string
  reason: string
}
/**
 * One's own ballot in a poll; None: none counts.
 */
export interface MyBallot {
  ballot: OwnBallot | null
}
/**
 * A reason, for the record.
 */
export interface ReasonBody {
  reason: string
}
/**
 * A closed poll's result whole. names: of a named poll everybody on the roster, else those
 * whose ballot was recorded or sent by name.
 */
export interface PollResult {
  n: number
  present: number
  voted: number
  counts: {
    [k: string]: number
  }
  invalid: number
  not_returned: number
  not_sent: number
  absent: number
  base: string
  base_number: number
  required: number
  deciding: string | null
  reached: number
  missing: number
  surplus: number
  verdict: string
  tie: Tie | null
  log_id: string
  log_index: number
  leaf_hash: string
  poll_id: string
  status: string
  ruling: Ruling | null
  heading: string
  arithmetic: string
  announcement: string
  identity: string
  parts: ResultPart[]
  rule: ResultRule
  document: Paper | null
  names: NamedVote[]
  opened_at: string
  opened_by: Person
  closed_at: string
  closed_by: Person
  announced_at: string | null
  override_reason: string | null
}
/**
 * One part of the identity: the key of an option, or invalid, not_sent, absent …
 */
export interface ResultPart {
  key: string
  number: number
}
/**
 * The frozen rule of a result, in the reader's language.
 */
export interface ResultRule {
  id: string
  version: number
  title: string
  formula: string
  citation: string
  confirmed: boolean
}
/**
 * The version of a paper that a question is about. `sha256`: hex.
 */
export interface Paper {
  document_id: string
  version: number
  title: string
  sha256: string
}
/**
 * What one person on the roster did. choice None: nothing was sent, or the person was absent.
 *
 * entered_by, confirmed_by, reason: of a ballot recorded for the person.
 */
export interface NamedVote {
  user_id: string
  name: string
  present: boolean
  choice: string | null
  channel: string | null
  at: string | null
  entered_by: Person | null
  confirmed_by: Person | null
  reason: string | null
}
/**
 * Body of POST /polls/{id}/open. The reason of a chair who begins below quorum.
 */
export interface OpenBody {
  override_reason?: string | null
}
/**
 * Body of POST /polls/{id}/ruling: for or against.
 */
export interface RulingBody {
  side: string
  reason: string
}
/**
 * Body of POST /polls/{id}/tally. channel: hands or paper; without it that of the poll.
 *
 * Of papers: issued, returned, invalid; not_returned and valid follow, and are held against them
 * when given.
 */
export interface TallyBody {
  counts: {
    [k: string]: number
  }
  channel?: Channel | null
  issued?: number | null
  returned?: number | null
  not_returned?: number | null
  valid?: number | null
  invalid?: number | null
}
/**
 * What only the tellers know. What is empty is printed as a dotted line, to be filled in.
 *
 * number: of the paper. symbol: after the number's stroke ("BB-HĐND"). tellers: the head first.
 * complaints, handling, conclusion: paragraphs are lines. copies: how many are made.
 */
export interface TellersRecord {
  number: string
  symbol: string
  place: string
  started_at: string | null
  ended_at: string | null
  tellers: string[]
  witnesses: string[]
  complaints: string
  handling: string
  conclusion: string
  copies: string
}
/**
 * Body of PUT /polls/{id}/tellers-record: what only the tellers know.
 */
export interface MeetingsVotingPaperViews {
  number?: string
  symbol?: string
  place?: string
  started_at?: string | null
  ended_at?: string | null
  tellers?: string[]
  witnesses?: string[]
  complaints?: string
  handling?: string
  conclusion?: string
  copies?: string
}
/**
 * What a browser remembers of its person's taste.
 */
export interface Preferences {
  language?: "en" | "vi"
  theme?: "auto" | "contrast" | "dark" | "light"
  text_size?: "large" | "largest" | "normal"
}
/**
 * One page of a list. `next`: cursor of the following page, null on the last.
 */
export interface Listing_RulePackView_ {
  items: RulePackView[]
  next: string | null
}
/**
 * A rule pack with its rules, as an administrator sees it.
 *
 * id: null while it is only checked; of a built-in pack its `pack_id`. unit_id: whose it is; null:
 * everybody's. problem: why no meeting is offered it although it was not withdrawn.
 */
export interface RulePackView {
  id: string | null
  pack_id: string
  version: number
  title: string
  kinds: string[]
  own: boolean
  unit_id: string | null
  unit_name: string | null
  added_at: string | null
  added_by: string | null
  withdrawn_at: string | null
  withdrawn_by: string | null
  problem: string | null
  rules: VoteRule[]
}
/**
 * A rule in the reader's language.
 *
 * base: `entitled`, `present` or `cast`; tie: `not_adopted` or `chair_side`. example: what the
 * numbers come to for 30 people. confirmed: a lawyer has checked the citation. own: of a pack
 * that administrators added. effective_from, effective_to: first and last day; null: always.
 */
export interface VoteRule {
  id: string
  version: number
  title: string
  formula: string
  citation: string
  confirmed: boolean
  pack: string
  kinds: string[]
  base: string
  numerator: number
  denominator: number
  comparison: Comparison
  tie: string
  example: string
  entitled: string
  voters: string
  chair: string
  options: VoteOption[]
  quorum: VoteQuorum
  effective_from: string | null
  effective_to: string | null
  own: boolean
}
/**
 * An option that a poll under a rule has unless it is given others.
 */
export interface VoteOption {
  key: string
  label: string
}
/**
 * How many must be present, in words. `example`: what it comes to in a body of 30.
 */
export interface VoteQuorum {
  formula: string
  citation: string
  confirmed: boolean
  numerator: number
  denominator: number
  comparison: Comparison
  example: string
}
/**
 * Body of POST /rule-packs. `unit_id`: whose it is; null: everybody's.
 */
export interface PackBody {
  toml: string
  unit_id?: string | null
}
/**
 * `check`: say what would be added, or what is wrong; change nothing.
 */
export interface PackQuery {
  check?: boolean
}
/**
 * A rule pack and its TOML.
 */
export interface RulePackText {
  id: string | null
  pack_id: string
  version: number
  title: string
  kinds: string[]
  own: boolean
  unit_id: string | null
  unit_name: string | null
  added_at: string | null
  added_by: string | null
  withdrawn_at: string | null
  withdrawn_by: string | null
  problem: string | null
  rules: VoteRule[]
  source: string
}
/**
 * Who is signed in, and the token that unsafe requests carry.
 */
export interface SessionView {
  user: SessionUser
  csrf_token: string
}
/**
 * A person as the session tells its own client.
 */
export interface SessionUser {
  id: string
  username: string
  display_name: string
  is_admin: boolean
}
/**
 * Body of a sign-in.
 */
export interface Credentials {
  username: string
  password: string
}
/**
 * Body of a change of one's own password.
 */
export interface PasswordChange {
  current_password: string
  new_password: string
}
/**
 * The answer of a verb that has nothing else to say. `id`: of what it was done to.
 */
export interface Done {
  id: string
}
/**
 * A person's devices, all in one page.
 */
export interface SignInList {
  items: SignInView[]
  next: string | null
}
/**
 * A device on which one is signed in. `current`: this one.
 */
export interface SignInView {
  id: string
  device: string
  created_at: string
  last_seen_at: string
  expires_at: string
  current: boolean
}
/**
 * What the first page of a new installation asks for. unit_full_name: as on papers.
 */
export interface FirstRun {
  token: string
  unit_name: string
  username: string
  password: string
  display_name: string
  unit_full_name?: string
}
/**
 * One page of a list. `next`: cursor of the following page, null on the last.
 */
export interface Listing_UnitView_ {
  items: UnitView[]
  next: string | null
}
/**
 * A unit. `people`: how many active accounts belong to it directly.
 *
 * full_name: as papers print it, spelled out where none was given.
 */
export interface UnitView {
  id: string
  name: string
  full_name: string
  parent_id: string | null
  people: number
}
/**
 * A unit to be made, on its own or as a part of another. full_name: as on papers.
 */
export interface NewUnit {
  name: string
  full_name?: string
  parent_id?: string | null
}
/**
 * What may be changed of a unit; a field left out stays. full_name "": it follows the name.
 */
export interface UnitChanges {
  name?: string
  full_name?: string
  parent_id?: string | null
}
/**
 * One page of a list. `next`: cursor of the following page, null on the last.
 */
export interface Listing_UserView_ {
  items: UserView[]
  next: string | null
}
/**
 * A person as an administrator sees one.
 *
 * may_create_meetings: the right given to the account; administrators may without it.
 */
export interface UserView {
  id: string
  username: string
  display_name: string
  unit_id: string | null
  unit: string | null
  position: string
  is_admin: boolean
  active: boolean
  has_password: boolean
  created_at: string
  may_create_meetings: boolean
}
/**
 * An account to be made. Without a password one is made up and answered once.
 */
export interface NewUser {
  username: string
  display_name: string
  unit_id?: string | null
  position?: string | null
  is_admin?: boolean
  may_create_meetings?: boolean
  password?: string | null
}
/**
 * A new account. `initial_password`: shown once, null when one was given.
 */
export interface UserAdded {
  id: string
  username: string
  display_name: string
  unit_id: string | null
  unit: string | null
  position: string
  is_admin: boolean
  active: boolean
  has_password: boolean
  created_at: string
  may_create_meetings: boolean
  initial_password: string | null
}
/**
 * `deleted`: false when the person appears in records, so that the account was closed only.
 */
export interface UserRemoved {
  id: string
  deleted: boolean
}
/**
 * What may be changed of an account; a field left out stays.
 */
export interface UserChanges {
  username?: string
  display_name?: string
  unit_id?: string | null
  position?: string | null
  is_admin?: boolean
  may_create_meetings?: boolean
  active?: boolean
}
/**
 * Body of setting a person's password; without one it is made up and answered once.
 */
export interface GivenPassword {
  password?: string | null
}
/**
 * `initial_password`: shown once, null when one was given.
 */
export interface PasswordSet {
  id: string
  initial_password: string | null
}
/**
 * The meeting whose rules are asked for. Without one: what holds today where the reader is.
 */
export interface RuleFilter {
  meeting_id?: string | null
}
/**
 * One page of a list. `next`: cursor of the following page, null on the last.
 */
export interface Listing_VoteRule_ {
  items: VoteRule[]
  next: string | null
}
/**
 * The `data` of `room.event`, by `type`.
 */
export interface RoomEvents {
  agenda_item_added: AgendaItemAdded
  agenda_item_changed: AgendaItemChanged
  agenda_item_removed: AgendaItemRemoved
  agenda_reordered: AgendaReordered
  annotations_put: AnnotationsPut
  annotations_removed: AnnotationsRemoved
  attendance_changed: AttendanceChanged
  current_item_changed: CurrentItemChanged
  document_put: DocumentPut
  document_removed: DocumentRemoved
  documents_reordered: DocumentsReordered
  guest_put: GuestPut
  guest_removed: GuestRemoved
  meeting_changed: MeetingChanged
  meeting_status_changed: MeetingStatusChanged
  participant_put: ParticipantPut
  participant_removed: ParticipantRemoved
  poll_announced: PollAnnounced
  poll_cancelled: PollCancelled
  poll_closed: PollClosed
  poll_opened: PollOpened
  poll_put: PollPut
  poll_removed: PollRemoved
  poll_ruled: PollRuled
  polls_reordered: PollsReordered
  presenter_changed: PresenterChanged
  roll_called: RollCalled
  writer_muted: WriterMuted
}
/**
 * A new item stands at the end of the agenda; it has no papers yet.
 */
export interface AgendaItemAdded {
  item: AgendaItemView
}
/**
 * Title, minutes or rapporteur of an item were changed.
 */
export interface AgendaItemChanged {
  item: ItemFacts
}
/**
 * An item was taken off; those behind it moved up.
 */
export interface AgendaItemRemoved {
  agenda_item_id: string
}
/**
 * The items were put in a new order.
 */
export interface AgendaReordered {
  item_ids: string[]
}
/**
 * Annotations for the whole room were made or changed: they are given whole.
 */
export interface AnnotationsPut {
  document_id: string
  items: AnnotationView[]
}
/**
 * Annotations are no longer there for the room.
 */
export interface AnnotationsRemoved {
  document_id: string
  items: Removed[]
}
/**
 * An annotation that is gone as of this revision, for whoever is told so.
 */
export interface Removed {
  id: string
  version: number
  page: number
  revision: number
}
/**
 * The roll says something else of a person; None: nothing any more. Never the reason.
 */
export interface AttendanceChanged {
  user_id: string
  attendance: AttendanceStatus | null
}
/**
 * The meeting moved to another item (None: to none). `since`: when it began.
 */
export interface CurrentItemChanged {
  agenda_item_id: string | null
  since: string | null
}
/**
 * A paper was added, changed, published, or has a new state: it is given whole.
 */
export interface DocumentPut {
  shelf: Shelf
  document: DocumentView
}
/**
 * A paper is no longer there, or no longer for this role.
 */
export interface DocumentRemoved {
  document_id: string
}
/**
 * The papers of a shelf were put in a new order: positions 1, 2, … as in `ids`.
 */
export interface DocumentsReordered {
  shelf: Shelf
  ids: string[]
}
/**
 * A guest was added, or the name, position, organisation or attendance was changed.
 */
export interface GuestPut {
  guest: GuestView
}
/**
 * A guest is no longer invited.
 */
export interface GuestRemoved {
  guest_id: string
}
/**
 * Title, kind, time, place, unit, the unit's name or who may write were changed; all as they
 * are now.
 *
 * member_writing: members may write what the whole room sees. With the kind, the day or the unit
 * the rule of the quorum may be another.
 */
export interface MeetingChanged {
  title: string
  kind: string
  starts_at: string
  ends_at: string | null
  place: string
  unit_id: string | null
  unit_name: string | null
  member_writing: boolean
  quorum_rule: QuorumRuleView
}
/**
 * The meeting took a step. `resumes_at`: while paused, when it goes on, if that was said.
 * `closed_at`: when it ended, while it is over.
 */
export interface MeetingStatusChanged {
  status: string
  resumes_at: string | null
  closed_at: string | null
}
/**
 * A person was added, or the role, entitlement or seat was changed.
 */
export interface ParticipantPut {
  participant: ParticipantView
}
/**
 * A person no longer belongs to the meeting.
 */
export interface ParticipantRemoved {
  user_id: string
}
/**
 * The result was announced.
 */
export interface PollAnnounced {
  poll: PollView
  checkpoint: string
}
/**
 * A vote was cancelled, for a reason that stands in it; it decides nothing.
 */
export interface PollCancelled {
  poll: PollView
  checkpoint: string
}
/**
 * A vote ended. Its result is in it for chair and secretary; for everybody else once it may be
 * known to them: said again when the meeting ends before the announcement.
 */
export interface PollClosed {
  poll: PollView
  checkpoint: string
}
/**
 * A vote began. `checkpoint`: the log's signed head with this in it.
 */
export interface PollOpened {
  poll: PollView
  checkpoint: string
}
/**
 * A question was prepared or changed; those who run the meeting see it.
 */
export interface PollPut {
  poll: PollView
}
/**
 * A prepared question was taken away.
 */
export interface PollRemoved {
  poll_id: string
}
/**
 * The chair ruled on a tie. Before the announcement chair and secretary alone are told.
 */
export interface PollRuled {
  poll: PollView
  checkpoint: string
}
/**
 * The prepared questions were put in a new order.
 */
export interface PollsReordered {
  ids: string[]
}
/**
 * The presentation went to another person. `term`: the new number of the lease.
 */
export interface PresenterChanged {
  user_id: string | null
  term: number
}
/**
 * The same word was said of several people at once; None: it was taken back.
 */
export interface RollCalled {
  user_ids: string[]
  attendance: AttendanceStatus | null
}
/**
 * A person was muted for the rest of the meeting, or may write for the room again.
 */
export interface WriterMuted {
  user_id: string
  muted: boolean
}
/**
 * The `data` of `mine.event`, by `type`.
 */
export interface MineEvents {
  ballot_received: BallotReceived
  own_annotations_put: OwnAnnotationsPut
  own_annotations_removed: OwnAnnotationsRemoved
  own_note_put: OwnNotePut
  own_note_removed: OwnNoteRemoved
  place_in_meeting_changed: PlaceInMeetingChanged
  vote_reminded: VoteReminded
}
/**
 * On a person's own stream: a ballot of theirs counts (sent, or recorded and confirmed).
 */
export interface BallotReceived {
  meeting_id: string
  ballot: OwnBallot
}
/**
 * Annotations that only this person sees were made or changed: they are given whole.
 */
export interface OwnAnnotationsPut {
  document_id: string
  items: AnnotationView[]
}
/**
 * Annotations that only this person saw are gone.
 */
export interface OwnAnnotationsRemoved {
  document_id: string
  items: Removed[]
}
/**
 * A note of this person was made or changed: it is given whole.
 */
export interface OwnNotePut {
  note: NoteView
}
/**
 * A note of this person is gone as of this revision.
 */
export interface OwnNoteRemoved {
  id: string
  revision: number
}
/**
 * On a person's own stream: the role in a meeting changed; None: no longer in it.
 */
export interface PlaceInMeetingChanged {
  meeting_id: string
  title: string
  role: string | null
}
/**
 * On a person's own stream: those who run the meeting ask for the vote.
 */
export interface VoteReminded {
  meeting_id: string
  poll_id: string
}
/**
 * Payloads from clients, by Socket.IO event.
 */
export interface ClientEvents {
  "ink.wet": InkWet
  "page.turn": PageTurn
  "pointer.move": PointerMove
  "presence.at": PresenceAt
  "room.join": RoomJoin
  "room.leave": RoomLeave
}
/**
 * Payload of ink.wet: the new points of a stroke that is being drawn for the whole room.
 *
 * id: of the annotation that it becomes. from: index of the first of the points. gone: the stroke
 * was taken back.
 */
export interface InkWet {
  meeting_id: string
  document_id: string
  version: number
  page: number
  id: string
  points: [number, number, number][]
  from?: number
  style?: WetStyle | null
  gone?: boolean
}
/**
 * How wet ink is drawn, as the style of the annotation that it becomes.
 */
export interface WetStyle {
  color: string
  width: number
  opacity: number
}
/**
 * Payload of page.turn. page: 1-based. term: of the lease, as last seen.
 */
export interface PageTurn {
  meeting_id: string
  document_id: string
  version: number
  page: number
  view?: View | null
  term?: number | null
}
/**
 * Payload of pointer.move. at: page fractions, or null when the pointer is lifted.
 */
export interface PointerMove {
  meeting_id: string
  at: [number, number] | null
}
/**
 * Payload of presence.at: where this tablet is, and whether it follows.
 */
export interface PresenceAt {
  meeting_id: string
  following: boolean
  document_id?: string | null
  page?: number | null
}
/**
 * Payload of room.join. With epoch, seq and mine_seq: what the tablet already has.
 */
export interface RoomJoin {
  meeting_id: string
  protocol_version: number
  epoch?: string | null
  seq?: number | null
  mine_seq?: number | null
}
/**
 * Payload of room.leave.
 */
export interface RoomLeave {
  meeting_id: string
}
/**
 * Fields of an acknowledgement besides `ok`, by event.
 */
export interface Acks {
  "ink.wet": DoneAck
  "page.turn": TurnedAck
  "pointer.move": DoneAck
  "presence.at": DoneAck
  "room.join": JoinedAck
  "room.leave": DoneAck
}
/**
 * Of everything else: nothing besides `ok`.
 */
export interface DoneAck {}
/**
 * Of page.turn: the order of the turn.
 */
export interface TurnedAck {
  term: number
  rev: number
}
/**
 * Of room.join: a snapshot, or what was missed after the seq that the tablet had.
 */
export interface JoinedAck {
  epoch: string
  seq: number
  mine_seq: number
  live: RoomLivePacket
  snapshot?: Snapshot
  events?: RoomEventPacket[]
  mine?: MineEventPacket[]
  votes?: RoomVotesPacket[]
}
/**
 * A durable event of the room, in order and without gaps: a gap means that one is missing.
 *
 * What this role may not see has the same seq and `type: "hidden"`, without the last three fields.
 */
export interface RoomEventPacket {
  v: number
  epoch: string
  seq: number
  type: string
  at?: string
  actor?: string | null
  data?: {
    [k: string]: unknown
  }
}
/**
 * A durable event of this person alone, with a seq of its own.
 */
export interface MineEventPacket {
  v: number
  epoch: string
  seq: number
  type: string
  at: string
  data: {
    [k: string]: unknown
  }
}
/**
 * How far an open vote has come, once a second. Nothing about choices, for anybody.
 *
 * `waiting` (ids of those who have not sent), `unconfirmed` and `tallied` are for chairs and
 * secretaries.
 */
export interface RoomVotesPacket {
  poll_id: string
  voted: number
  present: number
  n: number
  waiting?: string[]
  unconfirmed?: Unconfirmed[]
  tallied?: Tallied[]
}
/**
 * Payloads to clients, by Socket.IO event.
 */
export interface Packets {
  "mine.event": MineEventPacket
  resync: ResyncPacket
  "room.event": RoomEventPacket
  "room.live": RoomLivePacket
  "room.presence": RoomPresencePacket
  "room.progress": RoomProgressPacket
  "room.tick": RoomTickPacket
  "room.votes": RoomVotesPacket
  "session.revoked": SessionRevokedPacket
}
/**
 * Join again without what is known, and take a fresh snapshot.
 */
export interface ResyncPacket {
  reason: string
}
/**
 * Who is here, at most once a second. `joined`: who came in this sitting, the base of the rest.
 *
 * `presenter`: as what the person who presents is counted among these. `seq`: of the room's
 * durable events, so that a lost last one is noticed. `online_ids` and `lost_ids` are for chairs
 * and secretaries, `pages` for them and for who presents.
 */
export interface RoomPresencePacket {
  joined: number
  online: number
  following: number
  lost: number
  presenter: Whereabouts
  seq: number
  online_ids?: string[]
  lost_ids?: string[]
  pages?: PagePeople[]
}
/**
 * How many people look at a page.
 */
export interface PagePeople {
  document_id: string
  page: number
  people: number
}
/**
 * A paper is being processed: to chairs and secretaries. `done` of `total` pages are drawn.
 */
export interface RoomProgressPacket {
  document_id: string
  version: number
  status: string
  done: number
  total: number
}
/**
 * What moves, merged, at most 15 times a second. `pointer`: page fractions; null: lifted.
 */
export interface RoomTickPacket {
  pointer?: [number, number] | null
  ink?: WetStroke[]
}
/**
 * New points [x, y, pressure] of a stroke that somebody draws. from: index of the first.
 *
 * It is shown until the annotation with its id comes, or it is `gone`, or nothing comes for 10 s.
 */
export interface WetStroke {
  id: string
  author: string
  document_id: string
  version: number
  page: number
  style: WetStyle | null
  from: number
  points: [number, number, number][]
  gone: boolean
}
/**
 * This sign-in is over; the socket closes after it.
 */
export interface SessionRevokedPacket {
  reason: string
}
/**
 * A refusal (RFC 9457). `code`: of the closed list; `detail`: one sentence for people.
 */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: string
  errors?: FieldError[]
}
/**
 * What is wrong with one field of the request.
 *
 * In a text of many lines `line` says where, `place` the same in words, `fault` which kind of
 * wrong it is.
 */
export interface FieldError {
  field: string
  message: string
  line?: number
  place?: string
  fault?: string
}
