"""Scripts by a language model: the book as data in, JSON out, held against the book before anybody believes it."""
