// The native functions: one jar for Spark 3.5 (Scala 2.12) and one for Spark 4.x (Scala 2.13).
// `sbt test` runs the Scala tests, `sbt assembly` writes the jar of Spark 4.x to udfs/jars, `sbt +assembly` both.

val scala212 = "2.12.18"
val scala213 = "2.13.17"

ThisBuild / organization := "org.decantry"
ThisBuild / version := "0.1.0"
ThisBuild / scalaVersion := scala213

// Spark 4.x: the jars of the installed pyspark. `python -m decantry.jobs.setup.sbt` passes their folder.
lazy val pyspark = settingKey[Seq[File]]("The jars of pyspark, but for the library that is shaded into ours")

lazy val pinned = taskKey[Unit]("Fails unless the jars that are shaded into ours are those of project/shaded.sha256")

lazy val native = (project in file("."))
  .settings(
    name := "decantry-native",
    crossScalaVersions := Seq(scala213, scala212),
    Compile / scalaSource := baseDirectory.value / "udfs" / "src" / "main" / "scala",
    Test / scalaSource := baseDirectory.value / "udfs" / "src" / "test" / "scala",
    Compile / resourceDirectory := baseDirectory.value / "udfs" / "src" / "main" / "resources",
    // The words of Thai and Chinese, which jobs/setup/carried.py fetches.
    Compile / unmanagedResourceDirectories ++=
      sys.props.getOrElse("words", sys.error("say -Dwords=FOLDER:FOLDER, the folders of the words"))
        .split(java.io.File.pathSeparator).map(file(_)).toSeq
        .map(folder => if (folder.isDirectory) folder else sys.error(s"the folder of words $folder does not exist")),
    scalacOptions ++= Seq("-deprecation", "-feature", "-unchecked", "-Xlint:-unused", "-Xfatal-warnings"),
    javacOptions ++= Seq("--release", "17"),
    pyspark := {
      val folder = sys.props.getOrElse("pyspark.jars", sys.error("say -Dpyspark.jars=FOLDER, the jars of pyspark"))
      (file(folder) * ("*.jar" -- "icu4j-*.jar")).get
    },
    Compile / unmanagedClasspath ++= (if (scalaBinaryVersion.value == "2.13") Attributed.blankSeq(pyspark.value) else Nil),
    Test / unmanagedClasspath ++= Attributed.blankSeq(pyspark.value),
    libraryDependencies ++= (
      if (scalaBinaryVersion.value == "2.12") Seq("org.apache.spark" %% "spark-sql" % "3.5.7" % Provided) else Nil
    ),
    // The interface of the log store. A session gets it from Delta's jars.
    libraryDependencies +=
      ("io.delta" % "delta-storage" % (if (scalaBinaryVersion.value == "2.12") "3.3.2" else "4.4.0") % Provided).intransitive(),
    libraryDependencies ++= Seq(
      "com.ibm.icu" % "icu4j" % "77.1",
      "com.knuddels" % "jtokkit" % "1.1.0",
      "org.jsoup" % "jsoup" % "1.22.2"
    ),
    // munit has no artifact for Scala 2.12: the tests run on 2.13.
    libraryDependencies ++= (
      if (scalaBinaryVersion.value == "2.13") Seq("org.scalameta" %% "munit" % "1.1.1" % Test) else Nil
    ),
    Test / fork := true,
    Test / javaOptions ++= Seq("-Xmx2g", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"),
    assembly / assemblyOutputPath :=
      baseDirectory.value / "udfs" / "jars" / s"decantry-native_${scalaBinaryVersion.value}.jar",
    assembly / assemblyOption ~= { _.withIncludeScala(false) },
    assembly / assemblyShadeRules := Seq(
      ShadeRule.rename("com.ibm.icu.**" -> "org.decantry.shaded.icu.@1").inAll,
      ShadeRule.rename("com.knuddels.**" -> "org.decantry.shaded.knuddels.@1").inAll,
      ShadeRule.rename("org.jsoup.**" -> "org.decantry.shaded.jsoup.@1").inAll
    ),
    assembly / assemblyMergeStrategy := {
      case path if path.startsWith("META-INF/versions") || path.endsWith("module-info.class") => MergeStrategy.discard
      case path if path.startsWith("META-INF/") => MergeStrategy.discard
      case _ => MergeStrategy.first
    },
    assembly / test := {},
    pinned := {
      def sha256(file: File): String =
        java.security.MessageDigest.getInstance("SHA-256").digest(IO.readBytes(file)).map("%02x".format(_)).mkString
      val pins = IO.readLines(baseDirectory.value / "project" / "shaded.sha256").toSet
      val jars = (Runtime / managedClasspath).value.files.filterNot(_.getName.startsWith("scala-library"))
      val other = jars.map(jar => s"${sha256(jar)}  ${jar.getName}").toSet.diff(pins)
      if (other.nonEmpty) throw new MessageOnlyException(s"not in project/shaded.sha256: ${other.mkString(", ")}")
    },
    assembly := assembly.dependsOn(pinned).value
  )
