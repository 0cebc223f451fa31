"""The library on disk: what came in, what the reader did, and an index of the words.

A directory holds `library.db`, which can be made again from the files that came in and from
`journal/`, the one thing that cannot be lost; and `index.db`, which can be made again from `library.db`.
"""
