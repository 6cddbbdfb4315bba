"""What is known of English: names and addresses."""
