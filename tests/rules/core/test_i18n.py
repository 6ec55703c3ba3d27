"""Texts of catalogues: placeholders, both languages at once, what browsers get."""

import json

from core.i18n import LANGUAGES, Words, catalogue, localized, text_in, words_script


def test_values_are_not_searched_for_placeholders():
    text = text_in("vi", "report.document.value", title="{version} {x}", version=2)
    assert text == "{version} {x}, bản 2"


def test_words_are_inserted_in_the_language_of_the_text():
    label = Words("Tán thành", "For")
    assert localized("sentence.verdict.chosen", label=label) == Words(
        "“Tán thành” được chọn.", "“For” is chosen."
    )


def test_browsers_do_not_get_the_catalogues_of_the_server():
    for language in LANGUAGES:
        script = words_script(language).decode()
        sent = json.loads(script.removeprefix("globalThis.DIENHONG_WORDS=").removesuffix(";"))
        kept = catalogue(language).keys() - sent.keys()
        assert {key.split(".")[0] for key in kept} == {
            "report",
            "sentence",
            "vote_archive",
            "vote_log",
        }
