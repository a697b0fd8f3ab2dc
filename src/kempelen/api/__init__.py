"""The MTurk face: each operation of the Requester API, from the call to the domain and back."""
