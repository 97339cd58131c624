"""The application in a browser. The only room that imports textual-serve."""
