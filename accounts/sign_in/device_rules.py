"""Short description of a device, derived from its User-Agent. Pure."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_LONGEST = 60


def device_words(user_agent: str) -> str:
    """ "Chrome · Android"; for other programs the first word of the header; "" for none."""
    found = [
        next((words for mark, words in known if mark in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    ]
    words = " · ".join(part for part in found if part)
    if words:
        return words
    first = user_agent.split(maxsplit=1)[0] if user_agent.split() else ""
    return "".join(sign for sign in first if sign.isprintable())[:_LONGEST]
