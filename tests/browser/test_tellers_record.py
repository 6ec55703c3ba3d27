"""The secretary writes the tellers' record of a vote; everybody may take the log away."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.window import DESKTOP, UPRIGHT


def a_counted_vote(sitting: Sitting, method: str) -> str:
    """Two members, one for and one against by hand, closed; answers the poll's id."""
    for name in ("daibieu1", "daibieu2"):
        person = sitting.people[name]
        path = f"{sitting.path}/attendance/{person.id}"
        assert person.put(path, status="present").status_code == 200
    body = {"question": "Bầu bổ sung Ủy viên", "method": method}
    poll: str = sitting.secretary.post(f"{sitting.path}/polls", **body).json()["id"]
    assert sitting.secretary.post(f"/polls/{poll}/open").status_code == 200
    counts = {"for": 1, "against": 1, "abstain": 0}
    papers = {"issued": 2, "returned": 2, "invalid": 0} if method == "paper" else {}
    tally = {"counts": counts, **papers}
    assert sitting.secretary.post(f"/polls/{poll}/tally", **tally).status_code == 200
    assert sitting.secretary.post(f"/polls/{poll}/close").status_code == 200
    return poll


@pytest.mark.parametrize("method", ["paper", "hands"])
def test_the_tellers_record_is_written_and_printed(people, enter: Opens, artifacts, method: str):
    sitting = call_a_sitting(people, presented=1)
    poll = a_counted_vote(sitting, method)
    window = enter("thuky", DESKTOP).open(f"{sitting.path}/polls/{poll}")
    page = window.page
    page.get_by_role("button", name="Ghi biên bản kiểm phiếu").click()
    page.get_by_label("Ban kiểm phiếu (mỗi người").fill("Lê Văn Kiểm\nTrần Thị Đếm")
    page.get_by_label("Khiếu nại, kiến nghị").fill("Không có.")
    settle(page)
    window.shot(artifacts, "tellers-form")
    assert faults(page) + axe_faults(page) == []
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Đã lưu")
    kept = sitting.secretary.get(f"/polls/{poll}/tellers-record").json()
    assert kept["tellers"] == ["Lê Văn Kiểm", "Trần Thị Đếm"]
    with page.expect_download() as saved:
        page.get_by_role("link", name="Biên bản kiểm phiếu (PDF)").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    assert saved.value.suggested_filename.startswith("Biên bản kiểm phiếu - ")
    assert saved.value.suggested_filename.endswith(" - Bầu bổ sung Ủy viên.pdf")

    assert people["chutoa"].post(f"/polls/{poll}/announce").status_code == 200
    member = enter("daibieu1", UPRIGHT).open(f"{sitting.path}/polls/{poll}").page
    expect(member.get_by_role("button", name="Ghi biên bản kiểm phiếu")).to_have_count(0)
    with member.expect_download() as archive:
        member.get_by_role("link", name="Tải nhật ký biểu quyết").click()
    assert archive.value.path().read_bytes().startswith(b"PK")
