"""Is this answer right, and if not, where does it differ."""

from studydl.judging.choice import LETTERS, options
from studydl.judging.judge import answer_text, is_judged_here, judge
from studydl.judging.judgement import Judgement, Verdict

__all__ = ["LETTERS", "Judgement", "Verdict", "answer_text", "is_judged_here", "judge", "options"]
