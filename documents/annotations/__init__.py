"""What people write on papers: marks, notes and ink, private or for the room."""
