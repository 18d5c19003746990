"""What stands where a number cannot: a sentence, and the file that would fill the place."""

from pages.document.blocks import Notice


def first_start() -> Notice:
    """Nothing is imported yet."""
    return Notice(
        "Bring in an export of your helpdesk, and see how your team is doing a minute later.",
        "Deskpulse reads the files that helpdesks, survey tools and billing systems already make. They stay on this machine.",
        "Import a file",
        "import",
        large=True,
    )


def missing(what: str, file: str) -> Notice:
    """`missing("satisfaction scores", "A survey export with a score for each ticket")`."""
    return Notice(f"No {what} yet.", f"{file} would fill this place.", "Import it", "import")


def nothing_here(detail: str = "Try a longer period, or clear a filter.") -> Notice:
    """There is data, but none within the filters."""
    return Notice("Nothing in this selection.", detail)
