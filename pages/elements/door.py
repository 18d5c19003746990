"""The page for people who are not at the machine itself while no sign-in is set up: how to set one up, and no data."""

import streamlit as st

CLOSED = """
# Deskpulse is not open to others yet

It runs on an address that other people can reach, and nobody has said who may come in. Until then no data is shown.

**Just for you?** Start it on this machine only, and open it under `localhost`:

```
streamlit run dashboard.py --server.address 127.0.0.1
```

**For your team?** Set up a door in `.streamlit/secrets.toml` and start again. The README's chapter on sharing names the
two ways: sign-in through your company's account (OpenID Connect), or a password for the manager.
"""


def closed() -> None:
    """Says what is wrong and what to do about it; names nothing that the database holds."""
    with st.container(key="closed-door", width=640):
        st.markdown(CLOSED)
