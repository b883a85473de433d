"""Which names mean the same one: stand-ins within an article, entities over the whole input."""
