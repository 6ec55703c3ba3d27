"""The presentation: the page that the room is shown, and the presenter."""
