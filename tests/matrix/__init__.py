"""The main job on the other platform that it must run on: Spark 3.5 with Scala 2.12 and Delta 3.3."""
