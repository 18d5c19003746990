"""What draws blocks, filters and forms with Streamlit."""
