"""Objects on S3, and requests over the network: how they are made, repeated and given up."""
