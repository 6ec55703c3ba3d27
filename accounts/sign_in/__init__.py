"""Sign-in, sessions, devices and CSRF protection."""
