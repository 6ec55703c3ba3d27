"""The meeting as a whole and its participants. It does not depend on other features."""
