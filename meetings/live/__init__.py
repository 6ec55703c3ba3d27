"""Live: who presents, which page everyone is on, who is here."""
