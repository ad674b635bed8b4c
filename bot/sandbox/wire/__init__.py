"""How the app hears of it: events, payloads and their delivery, and what comes back."""
