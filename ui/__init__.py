"""Streamlit glue shared by the pages; nothing else of the product imports streamlit."""
