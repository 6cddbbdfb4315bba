"""What is known of Arabic: names and addresses."""
