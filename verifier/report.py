"""The text report of a checked archive: every vote with its arithmetic, and the log's head."""

from collections.abc import Iterator

from verifier.check import Story
from verifier.polls import Data, Poll
from verifier.words import clock, percent, said


def told(story: Story, lang: str) -> Iterator[str]:
    """The lines of the report in a language ("vi", "en")."""
    starts = zip(story.replay.starts, story.log_ids, story.sizes, strict=True)
    for start, log, size in starts:
        title, body, before = start["meeting_title"], start["body"], start["continues"]
        yield said(lang, "log", title=title, body=body, log=log, size=size)
        if before:
            reason, last = before["reason"], before["size"] - 1
            yield said(lang, "continues", log=before["log_id"], last=last, reason=reason)
    for change in story.replay.roster_changes:
        yield from _roster_change(change, lang)
    polls = story.replay.polls
    for number, poll in enumerate(polls.values(), 1):
        yield ""
        yield said(lang, "poll", number=number, title=poll.opened["title"])
        yield from (f"  {line}" for line in _poll(poll, polls, lang))
    yield "" if polls else said(lang, "no_polls")
    for code, params in story.replay.notices:
        yield said(lang, code, **params)
    entries, checkpoints = sum(story.sizes), story.checkpoints
    result = "unproven" if story.unproven else "sound"
    yield said(lang, result, entries=entries, checkpoints=checkpoints, polls=len(polls))
    key = story.replay.ring.key
    vkey = key.text if key else ""
    yield said(lang, "head", size=story.sizes[-1], root=story.root.hex(), vkey=vkey)


def _poll(poll: Poll, polls: dict[str, Poll], lang: str) -> Iterator[str]:
    opened, rule, second = poll.opened, poll.opened["rule"], "vi" if lang == "vi" else "en"
    yield said(lang, "question", question=opened["question"])
    if opened["agenda_item"]:
        yield said(lang, "item", title=opened["agenda_item"]["title"])
    if opened["document"]:
        paper = {name: opened["document"][name] for name in ("title", "version", "sha256")}
        yield said(lang, "paper", **paper)
    if opened["repeats"]:
        yield said(lang, "repeats", title=polls[opened["repeats"]].opened["title"])
    doubt = "" if rule["confirmed"] else said(lang, "doubt")
    texts = {name: rule[name][second] for name in ("title", "formula", "citation")}
    yield said(lang, "rule", doubt=doubt, **texts)
    method = said(lang, "paper_vote" if opened["method"] == "paper" else opened["method"])
    start = said(lang, "opened", at=clock(poll.opened_at), name=opened["opened_by"]["name"])
    yield f"{method}, {start}"
    need = opened["quorum"]["required"]
    doubt = "" if rule["quorum"].get("confirmed", True) else said(lang, "doubt")
    yield said(lang, "quorum", present=opened["present"], n=opened["n"], required=need, doubt=doubt)
    if opened["override_reason"]:
        yield said(lang, "below", reason=opened["override_reason"])
    for change in poll.roster_changes:
        yield from _roster_change(change, lang)
    if poll.closed:
        yield from _votes(poll, lang)
        yield from _arithmetic(poll, poll.closed, lang)
    yield _last_word(poll, lang)


def _roster_change(data: Data, lang: str) -> Iterator[str]:
    changes = "; ".join(
        said(
            lang,
            "standing",
            name=one["name"],
            before=said(lang, f"standing_{one['before']}"),
            after=said(lang, f"standing_{one['after']}"),
        )
        for one in data["changes"]
    )
    name, reason = data["by"]["name"], data["reason"]
    yield said(lang, "roster_changed", changes=changes, name=name, reason=reason)


def _votes(poll: Poll, lang: str) -> Iterator[str]:
    names = poll.names
    for option in poll.opened["options"]:
        chosen = [who for who, ballot in poll.ballots.items() if ballot["choice"] == option["key"]]
        if chosen:
            listed = ", ".join(names[who] for who in chosen)
            yield said(lang, "choice", label=option["label"], count=len(chosen), names=listed)
    for who, ballot in poll.ballots.items():
        if ballot["revision"] > 1:
            yield said(lang, "changed", name=names[who], times=ballot["revision"] - 1)
        if ballot["channel"] == "recorded":
            by, second = ballot["entered_by"]["name"], ballot["confirmed_by"]["name"]
            reason = ballot["reason"]
            yield said(lang, "recorded", name=names[who], by=by, second=second, reason=reason)
    for channel, tally in poll.tallies.items():
        counts = _sum(poll, tally["counts"], ", ")
        papers = {name: tally[name] for name in ("issued", "returned", "invalid")}
        yield said(lang, f"{channel}_tally", by=tally["by"]["name"], counts=counts, **papers)


def _arithmetic(poll: Poll, closed: Data, lang: str) -> Iterator[str]:
    parts = [_sum(poll, closed["counts"], " + ")]
    shown = [name for name in ("invalid", "not_returned") if closed[name]]
    shown += ["not_sent", "absent"]
    parts += [f"{closed[name]} {said(lang, name)}" for name in shown]
    at, n = clock(poll.closed_at), closed["n"]
    yield said(lang, "identity", at=at, sum=" + ".join(parts), n=n)
    yield _measured(poll, closed, lang)
    if closed["tie"]:
        side = closed["tie"]["side"]
        yield said(lang, "tie_chair", side=said(lang, side)) if side else said(lang, "tie_ruling")
    if poll.ruling:
        name, side = poll.ruling["by"]["name"], said(lang, poll.ruling["side"])
        yield said(lang, "ruled", name=name, side=side, reason=poll.ruling["reason"])


def _measured(poll: Poll, closed: Data, lang: str) -> str:
    base, needed = closed["base_number"], closed["required"]
    of = said(lang, closed["base"])
    if (key := closed["deciding"]) is None:
        return said(lang, "nobody_leads", base=base, of=of, required=needed)
    label = next(option["label"] for option in poll.opened["options"] if option["key"] == key)
    count = closed["counts"][key]
    share = said(lang, "share", percent=percent(lang, count, base)) if base else ""
    facts = {"label": label, "count": count, "base": base, "required": needed}
    return said(lang, "arithmetic", of=of, share=share, **facts)


def _last_word(poll: Poll, lang: str) -> str:
    if poll.cancelled:
        return said(lang, "cancelled", reason=poll.cancelled["reason"])
    if poll.closed is None:
        return said(lang, "still_open", count=len(poll.commitments))
    return said(lang, poll.verdict) + (said(lang, "announced") if poll.announced else "")


def _sum(poll: Poll, counts: Data, sign: str) -> str:
    labels = {option["key"]: option["label"] for option in poll.opened["options"]}
    return sign.join(
        f"{counts[key]} {label[:1].lower()}{label[1:]}" for key, label in labels.items()
    )
