"""What people see who are not in: the way to the sign-in, or, where there is no door yet, how to set one up. Never data."""

from html import escape
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from pages import menu
from pages.access import settings, sign_out_form
from pages.access.reader import Reader
from pages.content import addresses
from pages.sharing import guest_cookie

CLOSED = """
# Deskpulse is not open to others yet

It runs on an address that other people can reach, and nobody has said who may come in. Until then no data is shown.

**Just for you?** Start it on this machine only, and open it under `localhost`:

```
streamlit run dashboard.py --server.address 127.0.0.1
```

**For your team?** Whoever runs this server sets up one of two doors, in `.streamlit/secrets.toml`, and starts it again:

- *A password for managers*: `python -m pages password` asks for one and prints the lines.
- *Your company's sign-in* (Google, Microsoft, Okta and others): an `[auth]` section for the provider, and an `[access]`
  section that names the managers and viewers.

`docs/deployment.md`, beside the README, says how, step by step.
"""

BROKEN = """
# Deskpulse is not open to others yet

Somebody began to set up a door, and something in it is not right yet. Until it is, nobody comes in and no data is shown.

{problems}

These settings are in `.streamlit/secrets.toml` or in the environment. `docs/deployment.md` explains them.
"""

ENDED = """<div class="dp-door"><h1>Sign in to go on</h1>
<p>Your sign-in has ended. This page and its filters are waiting for you.</p>
<a href="/sign-in?to={to}" target="_self">Sign in</a></div>"""


OVER = """<div class="dp-door"><h1>This link has ended</h1>
<p>It has expired, was withdrawn, or was opened long ago. Open it once more, and if it leads nowhere, ask for a new one.</p>
</div>"""


def draw() -> None:
    """Says what to do next; names nothing that the database holds."""
    found = settings.read()
    if found.problems:
        st.markdown(BROKEN.format(problems="\n".join(f"- {problem}" for problem in found.problems)))
    elif found.open and guest_cookie.over(st.context.cookies, found):
        st.html(OVER)
    elif found.open:
        st.html(ENDED.format(to=escape(wanted())))
    else:
        st.markdown(CLOSED)


def wanted() -> str:
    """The address of this page with its filters, to come back to."""
    path = addresses.below(menu.at(urlsplit(st.context.url or "/").path).address)
    query = urlencode([(key, value) for key in st.query_params for value in st.query_params.get_all(key)])
    return quote(f"{path}?{query}" if query else path, safe="")


def foot(reader: Reader) -> None:
    """Who is in, and the way out; the person at the machine itself has no door to leave by."""
    if not reader.door:
        return
    with st.sidebar, st.container(key="signed-in"):
        st.html(f'<div class="dp-signed-in">Signed in: <b>{escape(reader.called)}</b></div>{sign_out_form.sign_out()}')
