"""Routes and middleware beside the pages; the one place that touches Streamlit's internals."""
