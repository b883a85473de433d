"""The ground floor for text: what every stage asks of a text before it looks for its own things."""
