"""What is known of Korean: names and addresses."""
