"""What a person runs by hand: ``python -m scripts.NAME`` from the root of the checkout.

Each script says in its docstring what it does and what it needs. Nothing imports a script; what is
worth importing lives in the packages.
"""
