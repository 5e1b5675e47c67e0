"""The page: what a database holds, served over HTTP as pages for people and as JSON for programs.

A page computes nothing: its figures come from the same calls as the command line's. The file stays the only state.
"""
