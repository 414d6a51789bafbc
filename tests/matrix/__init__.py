"""The main job on the other supported platform: Spark 3.5 with Scala 2.12 and Delta 3.3."""
