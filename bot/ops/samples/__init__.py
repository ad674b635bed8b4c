"""Every template in every state, with believable facts."""
