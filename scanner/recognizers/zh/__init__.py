"""What is known of Chinese: names and addresses."""
