"""Pages on people and workspaces."""
