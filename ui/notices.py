"""What a reader is told when something goes wrong: a sentence, never a traceback."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

import streamlit as st

from danvan.errors import DanvanError
from danvan.wording import Words
from ui import markup

LOG = logging.getLogger("danvan")


def shown(page: Callable[[], object], words: Words) -> None:
    """Run a page; an error made on purpose is shown as it is, a bug as an id that the log has."""
    try:
        page()
    except DanvanError as error:
        st.error(markup.plain(error.text(words.language)))
    except Exception as error:
        mark = uuid.uuid4().hex[:8]
        LOG.exception("page failed, mark %s", mark)
        st.error(words("error.bug", mark=mark, detail=type(error).__name__))
