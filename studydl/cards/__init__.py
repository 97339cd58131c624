"""What a card is, and how decks are read. Knows claims by id only."""
