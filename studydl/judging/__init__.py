"""Is this answer right, and if not, where does it differ."""

from studydl.judging.choice import options
from studydl.judging.judge import answer_text, is_judged_here, judge
from studydl.judging.judgement import Judgement, Verdict

__all__ = ["Judgement", "Verdict", "answer_text", "is_judged_here", "judge", "options"]
