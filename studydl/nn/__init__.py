"""The implementation under study: deep learning in plain NumPy, one module a chapter of the notes.

Everything here is a pure function. Nothing here imports anything else of studydl.
"""
