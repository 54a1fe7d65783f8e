"""Documents of other forms: what of theirs is which field of ours, or what is wrong with them."""
