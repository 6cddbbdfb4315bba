"""What is known of Japanese: names and addresses."""
