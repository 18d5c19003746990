"""The button that signs out, as a plain form."""

from html import escape


def sign_out(label: str = "Sign out") -> str:
    """A form, because a link could be followed by a page that means no good."""
    return f'<form method="post" action="/sign-out" class="dp-sign-out"><button>{escape(label)}</button></form>'
