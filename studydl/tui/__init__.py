"""The Textual application. The only room that imports Textual; loads neither NumPy nor SymPy."""
