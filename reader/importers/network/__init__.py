"""The guards of the network: which addresses may be asked, for how long, and how much is taken in."""
