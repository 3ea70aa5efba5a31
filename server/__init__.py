"""HTTP around Streamlit: the ASGI app, its health, and starting it."""
