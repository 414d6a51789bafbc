package org.decantry.page

/** The features of each block for the classifier: finite numbers in a fixed order. */
private[page] object Features {

  private val Around = 3 // neighbours on each side
  private val Nearest = 5 // elements around a block
  private val Repeats = 3

  private val textNames = Array("log_chars", "log_words", "link_density", "log_links", "word_length", "upper_share", "digit_share",
    "commas", "sentence_ends", "ends_with_mark", "starts_upper", "others_share", "has_year", "has_date", "cjk_share",
    "words_a_sentence", "line_breaks", "heading_level", "list_depth", "quote_depth", "title_share", "of_title", "seen_before") ++
    Block.kinds.map("is_" + _) ++ Phrases.names.map("phrases_" + _)

  private val neighbourNames = Array("log_chars", "link_density", "sentence_ends", "ends_with_mark", "is_heading", "is_list",
    "phrases", "upper_share", "same_parent")

  private val targets = Array("best", "half", "most")

  private val treeNames = targets.flatMap(name => Array(s"up_to_$name", s"down_to_$name", s"inside_$name")) ++
    (1 to Nearest).flatMap(i => Array(s"prose_share_$i", s"link_density_$i", s"chars_share_$i", s"log_blocks_$i")) ++
    (1 to Repeats).map(i => s"log_alike_$i") ++
    Array("depth", "place", "chars_before", "prose_before", "from_first_of_best", "from_last_of_best", "from_first_of_most",
      "from_last_of_most", "from_h1", "from_heading", "prose_since_heading") ++
    Marks.names.map("own_" + _) ++ Marks.names.map("around_" + _) ++ Tags.ancestors.map("in_" + _) ++ Array("concealed")

  private val pageNames = Array("page_log_chars", "page_log_blocks", "page_link_density", "page_prose_share", "page_log_prose_blocks",
    "best_prose_share", "best_chars_share", "best_link_density", "page_has_article", "page_has_main", "page_cjk_share", "page_log_list")

  val names: Array[String] = textNames ++
    (for (side <- Array("before", "after"); i <- 1 to Around; name <- neighbourNames) yield s"${side}_${i}_$name") ++
    treeNames ++ pageNames

  val count: Int = names.length

  /** The index of the share of the title's words that a block has. */
  val OfTitle: Int = names.indexOf("of_title")

  /** Calls `use` with each block's index and row. All blocks use the same array. */
  def each(walk: Walk, title: String)(use: (Int, Array[Float]) => Unit): Unit = {
    val known = titleWords(title)
    val measures = Array.tabulate(walk.blocks.size)(i => new TextMeasures(walk.blocks.get(i).text, known._1))
    if (measures.nonEmpty) new Features(walk, measures, known._2).each(use)
  }

  private def titleWords(title: String): (HashBits, Int) = {
    val hashes = Words.hashes(title.substring(0, math.min(title.length, 500))).distinct
    val words = new HashBits(hashes.length)
    hashes.foreach(words.add(_, 1))
    (words, hashes.length)
  }
}

private final class Features(walk: Walk, measures: Array[TextMeasures], titleWords: Int) {
  import Features._

  private val blocks = walk.blocks
  private val c = walk.containers
  private val tree = new Tree(walk, measures)
  private val alike = siblingCounts()
  private val seen = new java.util.HashMap[String, Integer]
  private val page = pageFeatures()

  private val row = new Array[Float](Features.count)
  private var filled = 0

  private val bestSpan = span(tree.toBest)
  private val mostSpan = span(tree.toMost)
  private val firstH1 = (0 until blocks.size).find(i => blocks.get(i).level == 1).getOrElse(-1)
  private var heading = -1
  private var charsBefore, proseBefore, proseSinceHeading = 0f

  def each(use: (Int, Array[Float]) => Unit): Unit =
    for (i <- measures.indices) {
      filled = 0
      text(i)
      for (step <- 1 to Around) neighbour(i, i - step)
      for (step <- 1 to Around) neighbour(i, i + step)
      place(i)
      System.arraycopy(page, 0, row, filled, page.length)
      filled += page.length
      require(filled == Features.count, s"$filled features, not ${Features.count}")
      use(i, row)
    }

  private def put(value: Float): Unit = {
    row(filled) = value
    filled += 1
  }
  private def put(value: Boolean): Unit = put(if (value) 1f else 0f)
  private def put(value: Int): Unit = put(value.toFloat)

  private def text(i: Int): Unit = {
    val block = blocks.get(i)
    val m = measures(i)
    put(log(m.chars))
    put(log(m.words))
    put(share(block.linkChars, m.chars))
    put(log(block.links))
    put(share(m.letters + m.digits, m.words))
    put(share(m.upper, m.letters))
    put(share(m.digits, m.chars))
    put(math.min(m.commas, 20))
    put(math.min(m.ends, 20))
    put(m.endsWithMark)
    put(m.startsUpper)
    put(share(m.others, m.chars))
    put(m.hasYear)
    put(m.hasDate)
    put(share(m.cjk, m.letters))
    put(math.min(100f, m.words.toFloat / (m.ends + 1)))
    put(math.min(m.lineBreaks, 20))
    put(block.level)
    put(c.lists(block.container).toInt)
    put(c.quotes(block.container).toInt)
    put(share(m.titleWords, m.words))
    put(math.min(1f, share(m.titleWords, titleWords)))
    put(math.min(10, seen.merge(block.text, 1, (a, b) => a + b) - 1))
    for (kind <- Block.kinds.indices) put(block.kind == kind)
    for (group <- m.groups) put(group.toInt)
  }

  private def neighbour(of: Int, at: Int): Unit =
    if (at < 0 || at >= blocks.size) {
      put(-1)
      for (_ <- 1 until neighbourNames.length) put(0)
    } else {
      val block = blocks.get(at)
      val m = measures(at)
      put(log(m.chars))
      put(share(block.linkChars, m.chars))
      put(math.min(m.ends, 20))
      put(m.endsWithMark)
      put(block.kind == Block.Heading)
      put(block.kind == Block.List)
      put(m.phrases)
      put(share(m.upper, m.letters))
      put(c.parent(block.container) == c.parent(blocks.get(of).container))
    }

  private def place(i: Int): Unit = {
    val block = blocks.get(i)
    val at = block.container
    for (steps <- Array(tree.toBest, tree.toHalf, tree.toMost)) {
      put(steps.up(at))
      put(steps.down(at))
      put(steps.inside(at))
    }
    var around = at
    for (_ <- 1 to Nearest) {
      put(ratio(tree.prose(around), tree.prose(0)))
      put(tree.linkDensity(around))
      put(ratio(tree.chars(around), tree.chars(0)))
      put(log(tree.blocks(around).toInt))
      around = math.max(0, c.parent(around))
    }
    around = at
    for (_ <- 1 to Repeats) {
      put(log(alike(around)))
      around = math.max(0, c.parent(around))
    }
    put(c.depth(at))
    put((i + 0.5f) / blocks.size)
    put(ratio(charsBefore, tree.chars(0)))
    put(ratio(proseBefore, tree.prose(0)))
    put(distance(i - bestSpan._1))
    put(distance(i - bestSpan._2))
    put(distance(i - mostSpan._1))
    put(distance(i - mostSpan._2))
    put(if (firstH1 < 0) -100f else distance(i - firstH1))
    put(if (heading < 0) -1f else distance(i - heading))
    put(ratio(proseSinceHeading, tree.prose(0)))
    bits(c.marks(at), Marks.names.length)
    bits(c.marksAround(at), Marks.names.length)
    bits(c.tagsAround(at), Tags.ancestors.length + 1)
    pass(i)
  }

  /** Updates the running state after a block. */
  private def pass(i: Int): Unit = {
    val block = blocks.get(i)
    val m = measures(i)
    charsBefore += m.chars
    if (block.kind == Block.Heading) {
      heading = i
      proseSinceHeading = 0
    } else if (m.chars >= Tree.Prose) {
      proseBefore += math.max(0, m.chars - block.linkChars)
      proseSinceHeading += math.max(0, m.chars - block.linkChars)
    }
  }

  private def bits(bits: Int, count: Int): Unit = {
    var bit = 0
    while (bit < count) {
      put((bits >>> bit) & 1)
      bit += 1
    }
  }

  private def span(steps: Steps): (Int, Int) = {
    var first, last = -1
    for (i <- 0 until blocks.size if steps.inside(blocks.get(i).container)) {
      if (first < 0) first = i
      last = i
    }
    (first, last)
  }

  /** The number of siblings with the same name and class, for each element. */
  private def siblingCounts(): Array[Int] = {
    val counts = new HashBits(c.size)
    for (i <- 0 until c.size) counts.count(c.shape(i).toLong)
    Array.tabulate(c.size)(i => counts.get(c.shape(i).toLong))
  }

  private def pageFeatures(): Array[Float] = {
    val best = tree.best
    val texts = blocks.size
    Array(
      log(tree.chars(0).toInt),
      log(texts),
      tree.linkDensity(0),
      ratio(tree.prose(0), tree.chars(0)),
      log(measures.indices.count(i => measures(i).chars >= 80 && blocks.get(i).linkChars * 3 < measures(i).chars)),
      ratio(tree.prose(best), tree.prose(0)),
      ratio(tree.chars(best), tree.chars(0)),
      tree.linkDensity(best),
      if (has("article")) 1f else 0f,
      if (has("main")) 1f else 0f,
      ratio(measures.map(_.cjk.toFloat).sum, tree.chars(0)),
      log((0 until texts).count(i => blocks.get(i).kind == Block.List))
    )
  }

  private def has(tag: String): Boolean = {
    val bit = 1 << Tags.ancestors.indexOf(tag)
    (0 until c.size).exists(i => (c.tagsAround(i) & bit) != 0)
  }

  private def log(value: Int): Float = Logarithms.of(value)

  private def share(part: Int, whole: Int): Float = if (whole > 0) part.toFloat / whole else 0f

  private def ratio(part: Float, whole: Float): Float = if (whole > 0) part / whole else 0f

  private def distance(steps: Int): Float = math.max(-100, math.min(100, steps)).toFloat
}
