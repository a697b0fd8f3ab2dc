"""A QuestionForm and its AnswerKey as plain fields that people fill in, and back as XML; no database.

`parts` says what there is; `reading` and `writing` turn XML into it and back; `scoring` does so for the
key; `changing` adds, moves and takes away; `problems` says what is still wrong, at which field.
"""
