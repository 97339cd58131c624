"""Claims, evidence and how they are judged. Knows no chapter.

`evidence` is data only and imports no NumPy, so that the drawing process can use it.
"""
