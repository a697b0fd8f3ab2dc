"""The requester's toolkit: what people write around MTurk's API again and again, for any compatible endpoint.

It speaks the API by boto3 and knows no table of ours, so that it works against a local server, a lab's, or
a rehearsal alike.
"""
