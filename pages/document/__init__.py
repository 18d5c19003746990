"""Plain values that a page is made of, and how they read: no Streamlit, no database."""
