"""The main job: ingest, curate and check, then publish, each part tracked."""
