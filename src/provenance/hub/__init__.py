"""Where cards come from: the live Hub, snapshots, local folders, recordings."""
