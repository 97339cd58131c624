"""What the cards stand on: one module a chapter, each claim with verifier and misconceptions.

A verifier gets the implementation as an argument, so that it can judge the reference, every
misconception and the learner's own code alike. To add a claim, write it in the module of its
chapter; the tests, ``studydl verify`` and the application find it there.
"""
