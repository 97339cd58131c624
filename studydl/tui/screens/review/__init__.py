"""The card on the table: asked, answered, judged, measured, graded."""
