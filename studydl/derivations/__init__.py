"""Where the formulas come from: one module a chapter, SymPy steps from definition to result."""
