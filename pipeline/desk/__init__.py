"""The script desk's side of the engine: what is stale, what an update redoes and takes."""
