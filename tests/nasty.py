"""Texts that try to be more than a text."""

from hypothesis import strategies as st

SIGNS = " ;:,\\\"'ab\r\n\t\x00\x07\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029nN\ufeff👩‍🔧ö"
"""What separates and escapes, every line end of Unicode, and letters of several octets."""

TEXTS = st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cs"]), max_size=500)
