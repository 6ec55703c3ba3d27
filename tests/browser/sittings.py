"""Makes meetings for the journeys through the API, the way a secretary's own clicks would."""

from dataclasses import dataclass, field

from tests.factories import later, small_pdf, today_at
from tests.server.conftest import add_paper
from tests.server.real_server import Person

PAGES = 12
ROLES = {"chutoa": "chair", "daibieu1": "member", "daibieu2": "member", "khachmoi": "guest"}


@dataclass
class Sitting:
    """A meeting with chair, secretary, two members and a guest, and one paper of PAGES pages."""

    id: str
    people: dict[str, Person]
    items: list[str] = field(default_factory=list)
    paper: str = ""

    @property
    def secretary(self) -> Person:
        return self.people["thuky"]

    @property
    def path(self) -> str:
        """Of its room."""
        return f"/meetings/{self.id}"

    def to(self, status: str, **more: str) -> None:
        """Move its status."""
        answer = self.secretary.post(f"{self.path}/status", status=status, **more)
        assert answer.status_code == 200, answer.text

    def turn(self, page: int, *, paper: str | None = None, by: str = "thuky") -> None:
        """The presenter's tablet turns, without a window of its own."""
        tablet = self.people[by].tablet(self.id)
        answer = tablet.turn(paper or self.paper, page)
        tablet.close()
        assert answer["ok"], answer


def call_a_sitting(
    people: dict[str, Person],
    *,
    status: str = "in_session",
    pages: int = PAGES,
    presented: int | None = None,
    title: str = "Kỳ họp thứ Hai, HĐND xã",
    member_writing: bool = True,
) -> Sitting:
    """Create and fill a meeting; `presented`: the page on show. A draft stays unpublished."""
    secretary = people["thuky"]
    made = secretary.post(
        "/meetings",
        title=title,
        starts_at=today_at(1),
        ends_at=today_at(9),
        place="Hội trường A",
        chair_ids=[people["chutoa"].id],
        member_writing=member_writing,
    )
    assert made.status_code == 201, made.text
    sitting = Sitting(made.json()["id"], people)
    for name, role in ROLES.items():
        if role != "chair":
            put = secretary.put(f"{sitting.path}/participants/{people[name].id}", role=role)
            assert put.status_code == 200, put.text
    for item in ("Khai mạc, thông qua chương trình", "Báo cáo kinh tế - xã hội", "Bế mạc"):
        added = secretary.post(f"{sitting.path}/agenda-items", title=item, minutes=20)
        assert added.status_code == 201, added.text
        sitting.items.append(added.json()["id"])
    sitting.paper = add_paper(secretary, sitting.items[1], small_pdf(pages), "bao-cao.pdf")
    if status != "draft":
        sitting.to(status)
    if presented:
        secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[1])
        sitting.turn(presented)
    return sitting


def soon() -> str:
    """A time half an hour from now, for a pause."""
    return later(minutes=30)
