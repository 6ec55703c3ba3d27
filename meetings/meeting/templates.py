"""Meeting templates: the usual agenda of a body's meeting. Data, not rules."""

import msgspec


class TemplateItem(msgspec.Struct, frozen=True):
    """An item of a template. `minutes`: planned duration."""

    title: str
    minutes: int


class MeetingTemplate(msgspec.Struct, frozen=True):
    """The kind and agenda of a usual meeting. Titles are official Vietnamese in both languages."""

    key: str
    title: str
    kind: str
    items: tuple[TemplateItem, ...]


def _items(*pairs: tuple[str, int]) -> tuple[TemplateItem, ...]:
    return tuple(TemplateItem(title, minutes) for title, minutes in pairs)


TEMPLATES = {
    template.key: template
    for template in (
        MeetingTemplate(
            "hdnd_session",
            "Kỳ họp Hội đồng nhân dân",
            "hdnd_session",
            _items(
                ("Khai mạc, thông qua chương trình kỳ họp", 15),
                ("Báo cáo tình hình kinh tế - xã hội", 45),
                ("Báo cáo thẩm tra của các Ban", 30),
                ("Thảo luận, xem xét các dự thảo nghị quyết", 60),
                ("Chất vấn và trả lời chất vấn", 60),
                ("Thông qua nghị quyết, bế mạc", 30),
            ),
        ),
        MeetingTemplate(
            "ubnd_meeting",
            "Phiên họp Ủy ban nhân dân",
            "ubnd_meeting",
            _items(
                ("Thông qua chương trình phiên họp", 10),
                ("Báo cáo kết quả thực hiện nhiệm vụ", 30),
                ("Thảo luận các nội dung trình phiên họp", 60),
                ("Kết luận của chủ trì", 15),
            ),
        ),
    )
}
