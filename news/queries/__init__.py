"""Which articles, circulars, events, comments and files, for whom, in what order."""
