"""Near-duplicates: band keys to edges, edges to clusters, clusters to survivors."""
