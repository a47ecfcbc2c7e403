"""The leaf everyone may use: text, dates, paging, files. It imports none of our apps."""
