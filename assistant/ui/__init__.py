"""The Streamlit pages and their parts; nothing is computed here."""
