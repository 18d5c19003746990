"""The page for people who are not at the machine itself while nobody can sign in: how to open it, and no data."""

import streamlit as st

CLOSED = """
# Deskpulse is not open to others yet

It runs on an address that other people can reach, and nobody has said who may come in. Until then no data is shown.

**Just for you?** Start it on this machine only, and open it under `localhost`:

```
streamlit run dashboard.py --server.address 127.0.0.1
```

**For your team?** Signing in is not built yet, so this version answers only on its own machine.
"""


def closed() -> None:
    """Says what is wrong and what to do about it; names nothing that the database holds."""
    with st.container(key="closed-door", width=640):
        st.markdown(CLOSED)
