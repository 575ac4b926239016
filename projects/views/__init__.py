"""Pages on books and what is made of them."""
