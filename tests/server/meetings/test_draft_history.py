"""What happened while a meeting was a draft is nothing for those who are told of it later."""

import json

from tests.factories import today_at
from tests.server.real_server import Person
from tests.server.voting.vote_steps import done


def test_titles_and_people_removed_from_a_draft_are_not_in_the_events(people: dict[str, Person]):
    secretary, member = people["thuky"], people["daibieu1"]
    body = {"title": "Họp kín", "kind": "hdnd_session", "starts_at": today_at(1)}
    path = f"/meetings/{done(secretary.post('/meetings', **body), 201)['id']}"
    done(secretary.put(f"{path}/participants/{member.id}", role="member"))
    before = done(secretary.get(f"{path}/snapshot"))["seq"]
    item = done(secretary.post(f"{path}/agenda-items", title="Kỷ luật ông B", minutes=5), 201)
    done(secretary.delete(f"/agenda-items/{item['id']}"), 204)
    done(secretary.put(f"{path}/participants/{people['khachmoi'].id}", role="guest"))
    done(secretary.delete(f"{path}/participants/{people['khachmoi'].id}"), 204)
    done(secretary.post(f"{path}/status", status="published"))
    epoch = done(member.get(f"{path}/snapshot"))["epoch"]
    read = {"epoch": epoch, "after": before}
    seen = done(member.get(f"{path}/events", params=read))
    events = seen["events"]
    assert [event["seq"] for event in events] == list(range(before + 1, before + 1 + len(events)))
    told = json.dumps(seen, ensure_ascii=False)
    assert "Kỷ luật" not in told
    assert people["khachmoi"].id not in told
    assert "Kỷ luật" in json.dumps(
        done(secretary.get(f"{path}/events", params=read)), ensure_ascii=False
    )
    # What happens from now on is told.
    done(secretary.post(f"{path}/agenda-items", title="Ngân sách", minutes=5), 201)
    assert "Ngân sách" in json.dumps(
        done(member.get(f"{path}/events", params=read)), ensure_ascii=False
    )
