"""What is known of Vietnamese: names and addresses."""
