/**
 * The JSON that the server sends and takes. Generated from its schemas by
 * `python -m tests.contract.browser_types`; do not edit.
 */

/**
 * Kind of an annotation.
 */
export type DocumentsAnnotationsKindsRegistryKind =
  "arrow" | "highlight" | "ink" | "note" | "rectangle" | "strike" | "text" | "underline"
/**
 * An annotation of the user with its document and meeting.
 *
 * current_version: of its document, which may have been replaced since. page_aspect: page height
 * divided by page width, to display the geometry undistorted.
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
 * Who sees an annotation: its author, the room's readers of the document, or one person.
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
 * One annotation with all its fields.
 *
 * geometry: depends on the kind; fractions of the page as displayed. user_id, user_name: the
 * recipient, when the audience is one person.
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
 * Parts of the audit.
 */
export type AuditQueriesKind = "changes" | "refused" | "sign_ins"
/**
 * Whether the entries of a sealed day are those that were signed.
 */
export type Standing = "differs" | "matches" | "pruned"
/**
 * The exported annotations: those hidden from the room, those of the whole room, or both.
 */
export type Wanted = "all" | "meeting" | "private"
/**
 * The status of a meeting, in order (paused may return to in_session).
 */
export type MeetingStatus = "archived" | "closed" | "draft" | "in_session" | "paused" | "published"
/**
 * The attendance status of one person in the roll call.
 */
export type AttendanceStatus = "absent" | "excused" | "late" | "left" | "present"
/**
 * The comparison of a number with a share of its base.
 */
export type Comparison = ">" | ">="
/**
 * How a poll is held. Only a named poll records each person's choice.
 */
export type PollMethod = "hands" | "named" | "paper"
/**
 * State of a poll. `void`: an open secret poll that lost its key.
 */
export type PollStatus = "cancelled" | "closed" | "draft" | "open" | "void"
/**
 * The result of a closed poll.
 */
export type Verdict = "adopted" | "not_adopted" | "tie_needs_ruling"
/**
 * How a tie is decided: by the chair's ballot, or by a ruling that the chair records.
 */
export type TieFlow = "chair_ballot" | "ruling"
/**
 * Option keys that rules interpret; other options are only counted and shown.
 */
export type ChoiceKey = "abstain" | "against" | "for"
/**
 * How a vote was cast.
 */
export type Channel = "hands" | "paper" | "recorded" | "tablet"
/**
 * The category in which a person is counted. AWAY: did not join this sitting.
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
  "GET /api/v1/audit": {
    query: AuditFilter
    answer: AuditList
  }
  "GET /api/v1/audit.csv": {
    query: AuditFilter
  }
  "GET /api/v1/audit.jsonl": {
    query: AuditFilter
  }
  "GET /api/v1/audit/days": {
    answer: SealedDays
  }
  "POST /api/v1/audit/prune": {
    body: PruneBody
    answer: Pruned
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
  "GET /api/v1/documents/{document_id}/versions/{number}/source": {}
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
  "GET /api/v1/meetings/{meeting_id}/search": {
    query: SearchQuery
    answer: FoundPages
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
  "GET /api/v1/search": {
    query: SearchQuery
    answer: FoundPages
  }
  "DELETE /api/v1/session": {}
  "GET /api/v1/session": {
    answer: SessionView
  }
  "POST /api/v1/session": {
    body: Credentials
    answer: SessionView
    members: SecondStep
  }
  "POST /api/v1/session/confirmation": {
    body: Confirmation
    answer: SessionView
  }
  "GET /api/v1/session/passkeys": {
    answer: PasskeyList
  }
  "POST /api/v1/session/passkeys": {
    body: PasskeyBody
    answer: PasskeyView
  }
  "DELETE /api/v1/session/passkeys/{passkey_id}": {
    answer: PasskeyRemoved
  }
  "PATCH /api/v1/session/passkeys/{passkey_id}": {
    body: PasskeyName
    answer: PasskeyView
  }
  "POST /api/v1/session/passkeys/options": {
    answer: PasskeyCreation
  }
  "POST /api/v1/session/password": {
    body: PasswordChange
    answer: Done
  }
  "DELETE /api/v1/session/second-factor": {
    answer: SecondFactorRemoved
  }
  "GET /api/v1/session/second-factor": {
    answer: SecondFactorView
  }
  "POST /api/v1/session/second-factor": {
    answer: SecondFactorStart
  }
  "PUT /api/v1/session/second-factor": {
    body: CodeBody
    answer: RecoveryCodes
  }
  "POST /api/v1/session/second-factor/recovery-codes": {
    answer: RecoveryCodes
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
  "DELETE /api/v1/users/{user_id}/second-factor": {
    answer: SecondFactorRemoved
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
 * An item without its documents.
 */
export interface ItemFacts {
  id: string
  title: string
  position: number
  minutes: number | null
  rapporteur: string | null
}
/**
 * All ids in the new order.
 */
export interface Order {
  ids: string[]
}
/**
 * The documents of one container, in order.
 */
export interface DocumentList {
  items: DocumentView[]
  next: null
}
/**
 * A document as it appears in a meeting and in events.
 *
 * version: the current one. next_version: a newer one, processing or failed; for preparers only.
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
 *
 * source: the uploaded file if it is not the PDF; for preparers only.
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
  source: SourceView | null
}
/**
 * Rendered pages (`done`) and all pages (`total`, 0 until counted).
 */
export interface Progress {
  done: number
  total: number
}
/**
 * Why a version failed: an error code of the closed list and its localized text.
 */
export interface VersionError {
  code: string
  detail: string
}
/**
 * The uploaded file of a version that was converted. converted: whether the PDF exists.
 */
export interface SourceView {
  format: string
  bytes: number
  converted: boolean
  notices: SourceNotice[]
}
/**
 * Something that the uploaded file holds and the pages do not show.
 */
export interface SourceNotice {
  code: string
  detail: string
}
/**
 * The document (or version) is stored and queued for processing.
 */
export interface Accepted {
  id: string
  version: number
}
/**
 * Filter of the list. q: every word must occur in the annotation's text or in its anchor text;
 * accents are ignored.
 */
export interface OwnFilter {
  document_id?: string | null
  kind?: DocumentsAnnotationsKindsRegistryKind | null
  q?: string
  after?: string | null
}
/**
 * One page of the user's annotations, the newest first. `next`: cursor of the next page.
 */
export interface OwnAnnotationList {
  items: OwnAnnotation[]
  next: string | null
}
/**
 * Style of an annotation. color: #rrggbb. width, size (font size): thousandths of the page
 * width. Ink with an opacity below 1 is a highlighter stroke.
 */
export interface Style {
  color: string
  width: number
  opacity: number
  size: number
}
/**
 * The text that an annotation belongs to: the marked words with their context, or the nearest
 * block of text with its box. It locates the annotation in a later version of the document.
 */
export interface Anchor {
  text: string
  prefix: string
  suffix: string
  box: [number, number, number, number] | null
}
/**
 * Strokes as lists of [x, y, pressure].
 */
export interface Ink {
  strokes: [number, number, number][][]
}
/**
 * Boxes of marked words: one [x0, y0, x1, y1] per line of text.
 */
export interface Boxes {
  boxes: [number, number, number, number][]
}
/**
 * The position of a note.
 */
export interface At {
  /**
   * @minItems 2
   * @maxItems 2
   */
  at: [number, number]
}
/**
 * Geometry of an arrow; `to` is the tip.
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
 * The box of a text box or a rectangle.
 */
export interface Frame {
  /**
   * @minItems 4
   * @maxItems 4
   */
  box: [number, number, number, number]
}
/**
 * Body of PATCH /annotations/{id}. revision: the revision that the change is based on.
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
 * Style of an annotation. width, size (font size): thousandths of the page width.
 */
export interface StyleBody {
  color: string
  width?: number
  opacity?: number
  size?: number
}
/**
 * The text that an annotation belongs to. box: of the nearest block of text.
 */
export interface AnchorBody {
  text: string
  prefix?: string
  suffix?: string
  box?: [number, number, number, number] | null
}
/**
 * The documents that the user annotated, the most recently annotated first.
 */
export interface OwnPaperList {
  items: OwnPaper[]
  next: null
}
/**
 * A document that the user annotated, and the number of annotations.
 */
export interface OwnPaper {
  document_id: string
  document_title: string
  meeting_id: string
  meeting_title: string
  annotations: number
}
/**
 * from, to: days (YYYY-MM-DD, in the time zone of the building, both included) or moments
 * (RFC 3339; `to` excluded). user_id: the account that acted, or was acted on.
 */
export interface AuditFilter {
  from?: string | null
  to?: string | null
  user_id?: string | null
  kind?: AuditQueriesKind | null
  cursor?: string | null
  limit?: number
}
/**
 * One page of the audit, newest first. `next`: cursor of the following page.
 */
export interface AuditList {
  items: AuditEntryView[]
  next: string | null
}
/**
 * One entry. actor, thing: present names, null if gone. facts: what the action recorded;
 * `person` is the name of its `user_id`.
 */
export interface AuditEntryView {
  id: number
  at: string
  actor_id: string | null
  actor: string | null
  action: string
  thing_kind: string
  thing_id: string
  thing: string | null
  person: string | null
  facts: {
    [k: string]: unknown
  }
  address: string | null
  request_id: string | null
}
/**
 * Seals, newest first. missing: seals of the witness file that the database does not have.
 */
export interface SealedDays {
  items: SealedDay[]
  missing: number
}
/**
 * One seal. day: the last day that it covers, YYYY-MM-DD. sha256: of the exported lines.
 */
export interface SealedDay {
  day: string
  entries: number
  sha256: string
  standing: Standing
}
/**
 * Body of POST /audit/prune. before: the first day that is kept, YYYY-MM-DD.
 */
export interface PruneBody {
  before: string
}
/**
 * What was deleted: the number of days (seals) and of their entries.
 */
export interface Pruned {
  days: number
  entries: number
}
/**
 * A ballot entered for a member, as roles that may confirm it see it.
 *
 * choice: None once the ballot is confirmed; from then on it is secret until the poll is closed.
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
 * A person with the name at that time.
 */
export interface Person {
  user_id: string
  name: string
}
/**
 * The ballot of a person that counts in a poll.
 *
 * channel: tablet or recorded. at: when it was sent or entered.
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
 * A committed ballot's place in the log, and the proof that the server committed to it.
 *
 * note: the signed checkpoint of the log that ends with this ballot. proof: the inclusion proof
 * of the leaf under it (RFC 6962), hashes in hex, leaf first. Both are absent on ballots cast
 * before receipts were signed.
 */
export interface Receipt {
  log_id: string
  log_index: number
  leaf_hash: string
  proof?: string[]
  note?: string
}
/**
 * A document with all versions that the reader may see, oldest first.
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
 * The identifier of a container, in the API and in events.
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
 * Query of GET /documents/{id}/annotations. version: only annotations of this version.
 */
export interface AnnotationsQuery {
  version?: number | null
}
/**
 * The annotations of a document that one person may see.
 *
 * seq: of the document's room. mine_seq: of the person's user stream.
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
 * id: created by the client, so that it can continue before the server answers. version: defaults
 * to the current version. user_id: the recipient, for the audience `person`. geometry: depends on
 * the kind, see docs/annotations.md.
 */
export interface AnnotationBody {
  page: number
  kind: DocumentsAnnotationsKindsRegistryKind
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
 * The answer to a batch, in the order of the request.
 */
export interface KeptList {
  items: Kept[]
}
/**
 * The stored state of one annotation of a batch.
 */
export interface Kept {
  id: string
  revision: number
  created_at: string
}
/**
 * Query of the comments of a document. version: defaults to the current version.
 */
export interface CommentsQuery {
  audience?: Wanted
  version?: number | null
}
/**
 * Query of an annotated PDF. flat: annotations are drawn into the pages, not editable.
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
 * Query of a page image. `width`: pixels that the client can use.
 */
export interface ImageQuery {
  width?: number
}
/**
 * The text of annotations embedded in a page of an uploaded document.
 */
export interface PageNotes {
  notes: PaperNote[]
}
/**
 * One annotation embedded in an uploaded document. kind: an annotation kind, or `other`.
 *
 * box: as fractions of the page as displayed. date: of the last change, if the file contains it.
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
 * The words of a page: [x0, y0, x1, y1, word]. source: "ocr" if they were recognized in a scan,
 * else "text".
 */
export interface PageWords {
  words: [number, number, number, number, string][]
  source: string
}
/**
 * One page of a list. `next`: the cursor of the next page, null on the last page.
 */
export interface Listing_MeetingTemplate_ {
  items: MeetingTemplate[]
  next: string | null
}
/**
 * The kind and agenda of a usual meeting. Titles are official Vietnamese in both languages.
 */
export interface MeetingTemplate {
  key: string
  title: string
  kind: string
  items: TemplateItem[]
}
/**
 * An item of a template. `minutes`: planned duration.
 */
export interface TemplateItem {
  title: string
  minutes: number
}
/**
 * The filters of a list of meetings.
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
 * Body of POST /meetings. Without `unit_id`: the unit of the creator.
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
 * A meeting as shown to one person. `documents`: those that this person may read.
 *
 * member_writing: members may write for the whole room.
 *
 * guests: guests without an account, who are not participants.
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
 * An item as shown in the room. `documents`: those that the reader may read.
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
 * A participant as shown to everyone in the room.
 *
 * writing_muted: may not write for the whole room.
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
 * A guest without an account, as shown to everyone in the room.
 */
export interface GuestView {
  id: string
  name: string
  position: string
  organisation: string
  attendance: AttendanceStatus | null
}
/**
 * The share of people entitled to vote who must be present, by the rules of the body.
 *
 * `voters`: the rules' term for these people. `confirmed`: a lawyer has checked the citation.
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
 * The roll sheet: all participants in the order of the list, and the state of the quorum.
 */
export interface RollView {
  items: RollLine[]
  quorum: Quorum
}
/**
 * One person of the roll sheet. `by`, `by_name`: id and name of the person who recorded it.
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
 * The state of a quorum, in numbers of people. `missing`: required minus present, or 0.
 */
export interface Quorum {
  present: number
  entitled: number
  required: number
  met: boolean
  missing: number
}
/**
 * Body of PUT /meetings/{id}/attendance. `status`: null removes it.
 */
export interface RollBody {
  user_ids: string[]
  status: AttendanceStatus | null
}
/**
 * The people whose attendance a roll call changed, and their new status.
 */
export interface CalledView {
  user_ids: string[]
  status: AttendanceStatus | null
}
/**
 * The attendance of one person, without the reason. `at`: when the status was recorded.
 */
export interface AttendanceView {
  user_id: string
  status: AttendanceStatus | null
  at: string | null
}
/**
 * Body of PUT /meetings/{id}/attendance/{user_id}. `reason`: "" removes it.
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
 * All ids in the new order.
 */
export interface IdsBody {
  ids: string[]
}
/**
 * Query of GET /meetings/{id}/events: the last events that the client has.
 */
export interface After {
  epoch: string
  after: number
  mine_after?: number | null
}
/**
 * The events that a client missed, of the room and of the user stream, in order.
 *
 * votes: progress of open polls at this moment.
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
 * Progress of an open poll: everything that may be disclosed before closing.
 *
 * waiting, unconfirmed, tallied: for chair and secretary only: ids of voters without a ballot,
 * recorded ballots that wait for the second person, channels with a tally.
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
 * A recorded ballot that waits for the second person; without its choice.
 */
export interface Unconfirmed {
  ballot_id: string
  user_id: string
  entered_by: string
}
/**
 * A channel with a tally; `people`: how many people it stands for. Without its counts.
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
 * Body of PUT /meetings/{id}/guests/{guest_id}/attendance. null removes it.
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
 * Body of PUT /meetings/{id}/poll-order: the id of every draft poll.
 */
export interface PollOrder {
  ids: string[]
}
/**
 * The polls of a meeting, in order.
 */
export interface PollList {
  items: PollView[]
  next: string | null
}
/**
 * A poll as clients show it. Drafts are visible to chair and secretary only.
 *
 * version: of the document. revision: rises with each change of the draft. opened: None for a
 * draft. closed_at, result: None until closed. Before the announcement, the result and a ruling
 * are None for roles without access to them.
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
  revision: number
}
/**
 * A rule as shown beside a question. `line`: with the numbers of this poll, once it is open.
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
 * An option of a poll. `key`: what is counted; `label`: what is displayed.
 */
export interface Option {
  key: string
  label: string
}
/**
 * The public view of an opening.
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
 * The document version of a question. Without its title, which some roles may not read.
 */
export interface VotedPaper {
  document_id: string
  version: number
  sha256: string
}
/**
 * Number of people present, and the number that the rule's quorum requires.
 */
export interface QuorumFacts {
  present: number
  required: number
  met: boolean
}
/**
 * The public view of a result, without names.
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
 * identity: the numbers as a sum, for reports. breakdown: the same numbers in words, for screens.
 */
export interface ResultWords {
  heading: string
  arithmetic: string
  identity: string
  breakdown: string
  announcement: string
}
/**
 * What followed the opening or closing: a ruling, the announcement, or a cancellation; and
 * changes about people on the roster.
 */
export interface Ending {
  roster_changes: RosterChange[]
  ruling: Ruling | null
  announced_at: string | null
  announced_by: Person | null
  cancelled_at: string | null
  cancelled_by: Person | null
  cancel_reason: string | null
  cancelled_in: LogPlace | null
}
/**
 * A new password that somebody set for a voter while the poll was open. log_index: of the first
 * of the two `roster_changed` entries about it.
 */
export interface RosterChange {
  person: Person
  reason: string
  by: Person
  at: string
  log_index: number
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
 * Position of one entry in a log. leaf_hash: hex.
 */
export interface LogPlace {
  log_id: string
  index: number
  leaf_hash: string
}
/**
 * Body of POST /meetings/{id}/polls. options null: those of the rule.
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
 * An option. `key`: what is counted; rules interpret the keys for, against and abstain.
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
 * The current presenter and term.
 */
export interface PresenterView {
  user_id: string | null
  term: number
}
/**
 * Query of a search. q: words, with or without accents; in quotes or not.
 */
export interface SearchQuery {
  q: string
}
/**
 * The pages that match best, best first.
 */
export interface FoundPages {
  items: FoundPage[]
  next: null
}
/**
 * A page that matches. boxes: of the words, as fractions of the page as displayed.
 *
 * source: "ocr" if the words were recognized in a scan, else "text".
 */
export interface FoundPage {
  meeting_id: string
  document_id: string
  version: number
  page: number
  title: string
  snippet: SnippetPiece[]
  boxes: [number, number, number, number][]
  source: string
}
/**
 * Part of a snippet. match: whether it is what was searched.
 */
export interface SnippetPiece {
  text: string
  match: boolean
}
/**
 * A room as shown to one person at `seq`. The server of the room adds `live`.
 *
 * votes: progress of open polls at this moment; updates use the ephemeral channel.
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
 * The presentation. Packets are ordered by (term, rev): a later one replaces earlier ones.
 *
 * Roles that may not read the document receive `hidden: true` without document, page and view.
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
 * The presented part of the page: centre and scale; scale 1 is the whole width.
 */
export interface View {
  x: number
  y: number
  scale: number
}
/**
 * Body of POST /meetings/{id}/status. `resumes_at`: with paused, the planned end.
 */
export interface StatusBody {
  status: MeetingStatus
  resumes_at?: string | null
}
/**
 * Query of GET vote-log: index of the first entry, and the maximum number of entries.
 */
export interface LogQuery {
  from?: number
  limit?: number
}
/**
 * A page of log entries.
 *
 * size: of the whole log. next: the index after the last entry, or None if no more may be read.
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
 * The newest signed head; fields are null before the first entry.
 *
 * note: a signed note. root: hex. vkey: the key that signed it. previous_vkeys: every key rotation
 * in all logs of the meeting. earlier: the logs that the current one continues. installation: the
 * keys of this server, which a client pins for logs that it meets for the first time.
 */
export interface LogHead {
  log_id: string | null
  size: number
  root: string | null
  note: string | null
  vkey: string | null
  previous_vkeys: Rotation[]
  earlier: EarlierLog[]
  installation: LogKeys | null
}
/**
 * One key rotation of a log; see docs/vote-log.md.
 */
export interface Rotation {
  old_key: string
  new_key: string
  signature_by_old: string
}
/**
 * A log that the current one continues after a restore. root: hex.
 */
export interface EarlierLog {
  log_id: string
  size: number
  root: string
}
/**
 * The first key of a log or installation, and its rotations in order.
 */
export interface LogKeys {
  first: string
  rotations: Rotation[]
}
/**
 * Query of GET vote-log/consistency: two sizes of the log.
 */
export interface ConsistencyQuery {
  from: number
  to?: number | null
}
/**
 * Proof that the log of one size is a prefix of the log of another. Hashes in hex.
 */
export interface ConsistencyProof {
  log_id: string
  from: number
  to: number
  proof: string[]
}
/**
 * Query of GET vote-log/proof: index of an entry, and the log size of the proof.
 */
export interface ProofQuery {
  index: number
  size?: number | null
}
/**
 * Proof that an entry is in the log of a size. Hashes in hex.
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
 * Whether a person is muted, that is, may not write for the whole room.
 */
export interface WriterView {
  user_id: string
  muted: boolean
}
/**
 * The filters of a list of notes; a note must contain every word of `q`, ignoring accents.
 */
export interface NoteFilter {
  meeting_id?: string | null
  q?: string
  after?: string | null
}
/**
 * One page of a person's notes, newest first. `next`: cursor of the following page.
 */
export interface NoteList {
  items: NoteView[]
  next: string | null
}
/**
 * One note as shown to its owner.
 *
 * meeting_…: null without a meeting, or when the owner is no longer a participant of it.
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
 * Body of POST /notes. id: chosen by the client, so that it need not wait for the response.
 */
export interface NoteBody {
  text: string
  id?: string | null
  meeting_id?: string | null
}
/**
 * Body of PATCH /notes/{id}. revision: the one that this change replaces.
 */
export interface NotePatch {
  revision: number
  text: string
}
/**
 * Search of users; every word of `q` must match, accents are ignored.
 */
export interface Search {
  q?: string
  cursor?: string | null
  limit?: number
  active?: boolean | null
}
/**
 * One page of a list. `next`: the cursor of the next page, null on the last page.
 */
export interface Listing_PersonView_ {
  items: PersonView[]
  next: string | null
}
/**
 * A user as other users see it in a search. `unit`: the unit's name.
 */
export interface PersonView {
  id: string
  display_name: string
  position: string
  unit: string | null
}
/**
 * Body of PATCH /polls/{id}. options null: those of the rule.
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
 * The reader's ballot in a poll; None: no ballot counts.
 */
export interface MyBallot {
  ballot: OwnBallot | null
}
/**
 * A recorded reason.
 */
export interface ReasonBody {
  reason: string
}
/**
 * The full result of a closed poll.
 *
 * names: everybody on the roster of a named poll; otherwise the people whose ballot was recorded
 * or sent by name.
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
 * One part of the identity. key: of an option, or invalid, not_sent, absent …
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
 * The document version that a question is about. `sha256`: hex.
 */
export interface Paper {
  document_id: string
  version: number
  title: string
  sha256: string
}
/**
 * The vote of one person on the roster.
 *
 * choice None: nothing was sent, or the person was absent. entered_by, confirmed_by, reason: of a
 * ballot recorded for the person.
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
 * Body of POST /polls/{id}/open. override_reason: of a chair who opens without a quorum.
 *
 * revision: of the draft that was shown; null opens it whatever it is now. clock_confirmed: after
 * `clock_doubtful`, the chair's word that the server's clock is right.
 */
export interface OpenBody {
  override_reason?: string | null
  revision?: number | null
  clock_confirmed?: boolean
}
/**
 * Body of POST /polls/{id}/ruling. side: for or against.
 */
export interface RulingBody {
  side: string
  reason: string
}
/**
 * Body of POST /polls/{id}/tally. channel: hands or paper; default: that of the poll's method.
 *
 * Paper ballots: issued, returned, invalid. not_returned and valid are derived; given values must
 * match the derived ones.
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
 * Facts that only the tellers know. Empty fields are printed as dotted lines, to be filled in.
 *
 * number: of the report. symbol: after the number's slash ("BB-HĐND"). tellers: the head first.
 * complaints, handling, conclusion: one paragraph for each line. copies: number of copies.
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
 * Body of PUT /polls/{id}/tellers-record: facts that only the tellers know.
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
 * Preferences that a browser stores.
 */
export interface Preferences {
  language?: "en" | "vi"
  theme?: "auto" | "contrast" | "dark" | "light"
  text_size?: "large" | "largest" | "normal"
}
/**
 * One page of a list. `next`: the cursor of the next page, null on the last page.
 */
export interface Listing_RulePackView_ {
  items: RulePackView[]
  next: string | null
}
/**
 * A rule pack with its rules, for administrators.
 *
 * id: null for a preview; for a built-in pack its `pack_id`. unit_id: the unit that owns it; null:
 * all units. problem: why a pack that is not withdrawn is not offered.
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
 * base: `entitled`, `present` or `cast`; tie: `not_adopted` or `chair_side`. example: the number
 * required for 30 people. confirmed: a lawyer has checked the citation. own: from a custom pack.
 * effective_from, effective_to: first and last day; null: unlimited.
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
 * A default option of polls under a rule.
 */
export interface VoteOption {
  key: string
  label: string
}
/**
 * The quorum of a rule, in words. `example`: the number required in a body of 30.
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
 * Body of POST /rule-packs. `unit_id`: the unit that owns the pack; null: all units.
 */
export interface PackBody {
  toml: string
  unit_id?: string | null
}
/**
 * `check`: only validate and preview; nothing is changed.
 */
export interface PackQuery {
  check?: boolean
}
/**
 * A rule pack with its TOML.
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
 * The signed-in user, and the token that unsafe requests carry.
 */
export interface SessionView {
  user: SessionUser
  csrf_token: string
}
/**
 * The signed-in user, as sent to the user's own client.
 */
export interface SessionUser {
  id: string
  username: string
  display_name: string
  is_admin: boolean
}
/**
 * Body of a sign-in. code: of the second factor, or a recovery code; passkey: the answer to the
 * member `passkey` of the refusal `code_needed`, instead of a code.
 */
export interface Credentials {
  username: string
  password: string
  code?: string | null
  passkey?: PasskeyAnswer | null
}
/**
 * The result of `navigator.credentials.get`.
 */
export interface PasskeyAnswer {
  id: string
  rawId: string
  type: "public-key"
  response: PasskeySignature
}
/**
 * What a passkey has signed, and the signature.
 */
export interface PasskeySignature {
  clientDataJSON: string
  authenticatorData: string
  signature: string
}
/**
 * Members of the refusal `code_needed`. passkey: for `navigator.credentials.get`, where the
 * account has passkeys for this host name.
 */
export interface SecondStep {
  passkey?: PasskeyRequest
}
/**
 * What `navigator.credentials.get` takes. timeout: milliseconds.
 */
export interface PasskeyRequest {
  challenge: string
  rpId: string
  allowCredentials: KnownPasskey[]
  timeout: number
  userVerification: "preferred"
}
/**
 * A passkey of the account. id: base64url.
 */
export interface KnownPasskey {
  id: string
  type: "public-key"
}
/**
 * Body of giving the own password again.
 */
export interface Confirmation {
  password: string
}
/**
 * available: this address of the server can have passkeys: a host name over HTTPS.
 */
export interface PasskeyList {
  available: boolean
  items: PasskeyView[]
}
/**
 * A passkey of the own account. rp_id: the host name that it works on.
 */
export interface PasskeyView {
  id: string
  name: string
  rp_id: string
  created_at: string
  last_used_at: string | null
}
/**
 * A new passkey. name: without one, the words for the browser and the system.
 */
export interface PasskeyBody {
  credential: NewPasskey
  name?: string | null
}
/**
 * The result of `navigator.credentials.create`.
 */
export interface NewPasskey {
  id: string
  rawId: string
  type: "public-key"
  response: NewPasskeyResponse
}
/**
 * A new passkey as its device describes it.
 */
export interface NewPasskeyResponse {
  clientDataJSON: string
  attestationObject: string
}
/**
 * id: of the passkey.
 */
export interface PasskeyRemoved {
  id: string
}
/**
 * Another name of a passkey.
 */
export interface PasskeyName {
  name: string
}
/**
 * What `navigator.credentials.create` takes. timeout: milliseconds.
 */
export interface PasskeyCreation {
  challenge: string
  rp: RelyingParty
  user: PasskeyUser
  pubKeyCredParams: KeyType[]
  excludeCredentials: KnownPasskey[]
  authenticatorSelection: AuthenticatorChoice
  timeout: number
  attestation: "none"
}
/**
 * Who keeps a passkey's public key. id: the host name.
 */
export interface RelyingParty {
  id: string
  name: string
}
/**
 * Whose passkey it becomes. id: base64url.
 */
export interface PasskeyUser {
  id: string
  name: string
  displayName: string
}
/**
 * A kind of key that is accepted. alg: its COSE number.
 */
export interface KeyType {
  alg: number
  type: "public-key"
}
/**
 * Which devices may make a passkey.
 */
export interface AuthenticatorChoice {
  residentKey: "discouraged"
  userVerification: "preferred"
}
/**
 * Body of a change of the user's own password.
 */
export interface PasswordChange {
  current_password: string
  new_password: string
}
/**
 * The answer of an operation without other data. `id`: the id of its target.
 */
export interface Done {
  id: string
}
/**
 * id: of the account.
 */
export interface SecondFactorRemoved {
  id: string
}
/**
 * required: the settings require it of this account. codes_left: unused recovery codes.
 */
export interface SecondFactorView {
  enabled: boolean
  required: boolean
  codes_left: number
}
/**
 * A secret that is not in force yet. qr: the `otpauth:` URI as the path of an SVG picture of
 * `size` by `size`; secret: the same for typing, in groups of four.
 */
export interface SecondFactorStart {
  secret: string
  uri: string
  qr: string
  size: number
}
/**
 * A code that the authenticator app shows.
 */
export interface CodeBody {
  code: string
}
/**
 * Recovery codes, shown once; null when the request is repeated.
 */
export interface RecoveryCodes {
  recovery_codes: string[] | null
}
/**
 * A user's devices, all in one page.
 */
export interface SignInList {
  items: SignInView[]
  next: string | null
}
/**
 * A device on which the user is signed in. `current`: the device of this request.
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
 * Data of the first-run page. unit_full_name: the name on official documents.
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
 * One page of a list. `next`: the cursor of the next page, null on the last page.
 */
export interface Listing_UnitView_ {
  items: UnitView[]
  next: string | null
}
/**
 * A unit. `people`: number of active accounts that belong to it directly.
 *
 * full_name: the name on official documents; derived from `name` when none was given.
 */
export interface UnitView {
  id: string
  name: string
  full_name: string
  parent_id: string | null
  people: number
}
/**
 * A new unit, with or without a parent. full_name: the name on official documents.
 */
export interface NewUnit {
  name: string
  full_name?: string
  parent_id?: string | null
}
/**
 * Changes of a unit; an omitted field is not changed. full_name "": derived from the name.
 */
export interface UnitChanges {
  name?: string
  full_name?: string
  parent_id?: string | null
}
/**
 * One page of a list. `next`: the cursor of the next page, null on the last page.
 */
export interface Listing_UserView_ {
  items: UserView[]
  next: string | null
}
/**
 * A user account as administrators see it.
 *
 * may_create_meetings: the right granted to the account; administrators need no grant.
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
  second_factor: boolean
}
/**
 * A new account. Without a password one is generated and returned once.
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
 * A new account. `initial_password`: returned once, null when one was given.
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
  second_factor: boolean
  initial_password: string | null
}
/**
 * `deleted`: false when records refer to the user, so that the account was only deactivated.
 */
export interface UserRemoved {
  id: string
  deleted: boolean
}
/**
 * Changes of an account; an omitted field is not changed.
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
 * Body of setting a user's password; without one it is generated and returned once.
 *
 * reason: needed while the person is on the roster of an open poll; it stands on the result.
 */
export interface GivenPassword {
  password?: string | null
  reason?: string | null
}
/**
 * `initial_password`: returned once, null when one was given.
 */
export interface PasswordSet {
  id: string
  initial_password: string | null
}
/**
 * The meeting whose rules are listed. Without one: rules in force today for the reader's
 * unit.
 */
export interface RuleFilter {
  meeting_id?: string | null
}
/**
 * One page of a list. `next`: the cursor of the next page, null on the last page.
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
 * An item without documents was added at the end of the agenda.
 */
export interface AgendaItemAdded {
  item: AgendaItemView
}
/**
 * Title, minutes or rapporteur of an item changed.
 */
export interface AgendaItemChanged {
  item: ItemFacts
}
/**
 * An item was removed; the items after it moved up.
 */
export interface AgendaItemRemoved {
  agenda_item_id: string
}
/**
 * The order of the items changed.
 */
export interface AgendaReordered {
  item_ids: string[]
}
/**
 * Annotations for the whole room were created or changed. Each item is complete.
 */
export interface AnnotationsPut {
  document_id: string
  items: AnnotationView[]
}
/**
 * Annotations were removed from the room.
 */
export interface AnnotationsRemoved {
  document_id: string
  items: Removed[]
}
/**
 * An annotation that its viewers no longer have as of this revision.
 */
export interface Removed {
  id: string
  version: number
  page: number
  revision: number
}
/**
 * The attendance of a person changed; None: removed. It never includes the reason.
 */
export interface AttendanceChanged {
  user_id: string
  attendance: AttendanceStatus | null
}
/**
 * The current item changed (None: no current item). `since`: the time at which it began.
 */
export interface CurrentItemChanged {
  agenda_item_id: string | null
  since: string | null
}
/**
 * A document was added, changed or published, or has a new state. Contains all its fields.
 */
export interface DocumentPut {
  shelf: Shelf
  document: DocumentView
}
/**
 * A document was removed, or this role may no longer read it.
 */
export interface DocumentRemoved {
  document_id: string
}
/**
 * The documents of a container have a new order: positions 1, 2, … as in `ids`.
 */
export interface DocumentsReordered {
  shelf: Shelf
  ids: string[]
}
/**
 * A guest was added, or the name, position, organisation or attendance changed.
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
 * Title, kind, time, place, unit, the unit's name or member writing changed.
 *
 * The event has all current values. member_writing: members may write for the whole room.
 * quorum_rule: depends on the kind, the day and the unit.
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
 * The status of the meeting changed.
 *
 * resumes_at: the planned end of a pause, while paused, if given. closed_at: the time of its end,
 * while it is over.
 */
export interface MeetingStatusChanged {
  status: string
  resumes_at: string | null
  closed_at: string | null
}
/**
 * A participant was added, or the role, entitlement or seat changed.
 */
export interface ParticipantPut {
  participant: ParticipantView
}
/**
 * A person is no longer a participant of the meeting.
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
 * A poll was cancelled and decides nothing. The poll contains the reason.
 */
export interface PollCancelled {
  poll: PollView
  checkpoint: string
}
/**
 * A poll was closed.
 *
 * Chair and secretary receive the result at once, other roles when it may be disclosed: the event
 * is published again if the meeting ends before the announcement.
 */
export interface PollClosed {
  poll: PollView
  checkpoint: string
}
/**
 * A poll was opened. `checkpoint`: a signed checkpoint that covers the opening.
 */
export interface PollOpened {
  poll: PollView
  checkpoint: string
}
/**
 * A draft poll was created or changed. Sent to chair and secretary.
 */
export interface PollPut {
  poll: PollView
}
/**
 * A draft poll was deleted.
 */
export interface PollRemoved {
  poll_id: string
}
/**
 * The chair ruled on a tie. Before the announcement only chair and secretary receive it.
 */
export interface PollRuled {
  poll: PollView
  checkpoint: string
}
/**
 * The draft polls were reordered.
 */
export interface PollsReordered {
  ids: string[]
}
/**
 * The presenter changed. `term`: the new number of the lease.
 */
export interface PresenterChanged {
  user_id: string | null
  term: number
}
/**
 * The same attendance was recorded for several people; None: it was removed.
 */
export interface RollCalled {
  user_ids: string[]
  attendance: AttendanceStatus | null
}
/**
 * A person was muted for the rest of the meeting, or was unmuted.
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
 * User stream: a ballot of the person counts (sent, or recorded and confirmed).
 */
export interface BallotReceived {
  meeting_id: string
  ballot: OwnBallot
}
/**
 * Annotations that only this person sees were created or changed. Each item is complete.
 */
export interface OwnAnnotationsPut {
  document_id: string
  items: AnnotationView[]
}
/**
 * Annotations that only this person saw were removed.
 */
export interface OwnAnnotationsRemoved {
  document_id: string
  items: Removed[]
}
/**
 * A note of this person was created or changed; the event has the whole note.
 */
export interface OwnNotePut {
  note: NoteView
}
/**
 * A note of this person was deleted in this revision.
 */
export interface OwnNoteRemoved {
  id: string
  revision: number
}
/**
 * In the user stream: the person's role in a meeting changed; None: no longer a participant.
 */
export interface PlaceInMeetingChanged {
  meeting_id: string
  title: string
  role: string | null
}
/**
 * User stream: chair or secretary reminds the person to vote.
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
 * Payload of ink.wet: new points of a stroke in progress for the whole room.
 *
 * id: of the resulting annotation. from: index of the first of the points. gone: the stroke was
 * cancelled.
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
 * The style of a stroke in progress, equal to that of the resulting annotation.
 */
export interface WetStyle {
  color: string
  width: number
  opacity: number
}
/**
 * Payload of page.turn. page: 1-based. term: the last known one of the lease.
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
 * Payload of presence.at: the page that the client shows, and whether it follows.
 */
export interface PresenceAt {
  meeting_id: string
  following: boolean
  document_id?: string | null
  page?: number | null
}
/**
 * Payload of room.join. epoch, seq, mine_seq: the state that the client has, if any.
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
 * Acknowledges all other events: only `ok`.
 */
export interface DoneAck {}
/**
 * Acknowledges page.turn: the order of the turn.
 */
export interface TurnedAck {
  term: number
  rev: number
}
/**
 * Acknowledges room.join: a snapshot, or the events after the seq that the client has.
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
 * A durable event of the room. Events are in order; a gap in `seq` means that one is missing.
 *
 * An event that the role may not see has the same seq, `type: "hidden"`, and omits the last three
 * fields.
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
 * A durable event of the user stream, which has its own `seq`.
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
 * The progress of an open poll, once a second. It never contains choices.
 *
 * `waiting` (ids of people who have not voted), `unconfirmed` and `tallied` are for chairs and
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
 * The client must discard its state, join again and take a fresh snapshot.
 */
export interface ResyncPacket {
  reason: string
}
/**
 * Presence, at most once a second. `joined`: people who joined this sitting, the base of all.
 *
 * `presenter`: the category in which the presenter is counted. `seq`: of the room's durable
 * events, so that clients notice a lost last event. `online_ids` and `lost_ids` are for chairs and
 * secretaries, `pages` for them and the presenter.
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
 * The number of people who have a page open.
 */
export interface PagePeople {
  document_id: string
  page: number
  people: number
}
/**
 * Processing of a document, for chairs and secretaries. `done`: rendered pages of `total`.
 */
export interface RoomProgressPacket {
  document_id: string
  version: number
  status: string
  done: number
  total: number
}
/**
 * Pointer and ink, at most 15 times a second. `pointer`: page fractions; null: lifted.
 */
export interface RoomTickPacket {
  pointer?: [number, number] | null
  ink?: WetStroke[]
}
/**
 * New points [x, y, pressure] of a stroke in progress. from: index of the first.
 *
 * Clients show it until the annotation with its id arrives, it is `gone`, or 10 s pass without
 * new points.
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
 * The sign-in has ended; the server then closes the socket.
 */
export interface SessionRevokedPacket {
  reason: string
}
/**
 * A refusal (RFC 9457). `code`: a declared error code; `detail`: one sentence for people.
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
 * An error of one field of the request.
 *
 * In a multi-line text, `line` is the line's number, `place` the same as text and `fault` the kind
 * of error.
 */
export interface FieldError {
  field: string
  message: string
  line?: number
  place?: string
  fault?: string
}
