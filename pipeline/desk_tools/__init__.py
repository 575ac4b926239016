"""What a scene's tools do: make it at once, bring one's own, say how a word is said, set right who is who."""
