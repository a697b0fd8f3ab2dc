"""Rules by which work is approved, rejected or rewarded: each says what good work is.

A rule is met, or not met, or leaves a piece of work to the person: where votes tie, where nothing is known,
where a field was not answered.  Who approves or pays takes what meets it, who rejects what does not.
"""
