"""Names of files to save: every language, and nothing that ends a header or leaves a folder."""

from urllib.parse import unquote

import pytest
from flask import Response

from core.http.downloads import as_download, name_of_words


def header(name: str) -> str:
    response = Response()
    as_download(response, name)
    return response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "plain", "whole"),
    [
        ("Tờ trình số 41 - ý kiến.docx", "To trinh so 41 - y kien.docx", None),
        ("Đường Đê.pdf", "Duong De.pdf", None),
        ('a"b\\c/../d.pdf', "a'b-c-..-d.pdf", 'a"b-c-..-d.pdf'),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("文件 😀.pdf", "__ _.pdf", None),
        ("", "file", "file"),
    ],
)
def test_a_name_in_both_forms(name: str, plain: str, whole: str | None) -> None:
    said = header(name)
    assert said.isascii()
    assert f'filename="{plain}";' in said
    assert unquote(said.partition("filename*=UTF-8''")[2]) == (whole if whole is not None else name)


def test_a_file_is_named_after_what_it_holds() -> None:
    name, plain = name_of_words("pdf", "Kết quả biểu quyết", "Kỳ họp thứ Hai", "Thông qua Đề án?")
    assert name == "Kết quả biểu quyết - Kỳ họp thứ Hai - Thông qua Đề án.pdf"
    assert plain == "ket-qua-bieu-quyet-ky-hop-thu-hai-thong-qua-de-an.pdf"
    response = Response()
    as_download(response, name, plain=plain)
    said = response.headers["Content-Disposition"]
    assert f'filename="{plain}";' in said
    assert unquote(said.partition("filename*=UTF-8''")[2]) == name


@pytest.mark.parametrize("words", ["Nghị quyết " * 40, "ắ" * 400, "\u202efdp.exe", '"/..\\', ""])
def test_a_name_fits_every_file_system(words: str) -> None:
    for name in name_of_words("docx", "Biên bản kiểm phiếu", words, words):
        assert len(name.encode()) <= 250
        assert name.endswith(".docx")
        assert not set(name) & set('<>:"/\\|?*\u202e')
