"""What the room is shown, and who presents."""
