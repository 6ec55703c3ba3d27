"""Set-up of the translations: compiled catalogues for both languages."""

from launcher import stamps
from launcher.places import PYTHON, TRANSLATIONS
from launcher.steps import must, run_step


def is_ready() -> bool:
    """Whether every catalogue is compiled from its current source."""
    sources = list(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    compiled = all(source.with_suffix(".mo").is_file() for source in sources)
    return compiled and stamps.is_done("words", stamps.digest(sources))


def ensure() -> None:
    """Compile the catalogues if they are out of date. Raises: Trouble."""
    if is_ready():
        return
    inputs = stamps.digest(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    must(
        run_step(
            [PYTHON, "-m", "launcher.compile_translations", TRANSLATIONS],
            "Đang chuẩn bị lời văn hai thứ tiếng",
            "compiling the words of both languages",
        ),
        "Không dịch được tệp lời văn: xem các dòng trên.",
        "Could not compile the words: see the lines above.",
    )
    stamps.mark_done("words", inputs)
