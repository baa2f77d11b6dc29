"""A list of things that the shop keeps, and the form that makes and changes one of them."""
