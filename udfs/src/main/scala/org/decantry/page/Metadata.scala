package org.decantry.page

import org.jsoup.nodes.{DataNode, Element, TextNode}

/** Collects the metadata of a page from the elements that a walk passes. Of several values, the best or the first is kept. */
private[page] final class Metadata {
  private val found = new java.util.HashMap[String, Candidate]

  private final class Candidate(val value: String, val rank: Int)

  def title: String = value("title")
  def author: String = value("author")

  /** The day, as yyyy-mm-dd. */
  def published: String = value("published")

  /** The address of the licence, or its text. */
  def licence: String = value("licence")
  def language: String = value("language")

  private def value(field: String): String = {
    val candidate = found.get(field)
    if (candidate == null) null else candidate.value
  }

  def see(element: Element, name: String): Unit =
    name match {
      case "meta" => seeMeta(element)
      case "link" => seeLink(element, element.attr("rel"), element.attr("href"))
      case "a" => if (element.hasAttr("href")) seeLink(element, element.attr("rel"), element.attr("href"))
      case "time" =>
        if (element.hasAttr("datetime"))
          put("published", Days.iso(element.attr("datetime")), if (element.hasAttr("pubdate")) 3 else 6)
      case "html" =>
        val language = if (element.hasAttr("lang")) element.attr("lang") else element.attr("xml:lang")
        put("language", Metadata.languageTag(language), 1)
      case "title" => put("title", Metadata.words(element), 2)
      case "h1" => put("title", Metadata.words(element), 3)
      case "script" => if (element.attr("type").equalsIgnoreCase("application/ld+json")) seeData(Metadata.data(element))
      case _ =>
    }

  /** Reads microdata properties, which any element may have. */
  def seeProperty(element: Element): Unit =
    if (element.hasAttr("itemprop")) {
      val content = element.attr("content")
      element.attr("itemprop") match {
        case "datePublished" =>
          put("published", Days.iso(if (content.nonEmpty) content else element.attr("datetime")), 4)
        case "author" => put("author", if (content.nonEmpty) content else Metadata.words(element), 4)
        case "license" => put("licence", if (content.nonEmpty) content else element.attr("href"), 2)
        case _ =>
      }
    }

  private def seeMeta(element: Element): Unit = {
    val content = element.attr("content")
    val name = if (element.hasAttr("property")) element.attr("property") else element.attr("name")
    name.toLowerCase(java.util.Locale.ROOT) match {
      case "og:title" => put("title", content, 1)
      case "author" | "citation_author" | "dc.creator" | "parsely-author" | "sailthru.author" | "article:author" =>
        if (!content.startsWith("http")) put("author", content, 1)
      case "article:published_time" | "og:published_time" => put("published", Days.iso(content), 1)
      case "date" | "dc.date" | "dc.date.issued" | "dcterms.created" | "citation_publication_date" | "pubdate" |
          "publishdate" | "publish-date" | "parsely-pub-date" | "sailthru.date" | "datepublished" | "citation_date" =>
        put("published", Days.iso(content), 3)
      case "dc.rights" | "dcterms.license" | "dcterms.rights" | "license" => put("licence", content, 3)
      case "og:locale" => put("language", Metadata.languageTag(content.replace('_', '-')), 3)
      case "" =>
        if (element.attr("http-equiv").equalsIgnoreCase("content-language")) put("language", Metadata.languageTag(content), 2)
      case _ =>
    }
    seeProperty(element)
  }

  private def seeLink(element: Element, rel: String, href: String): Unit = {
    if (Metadata.has(rel, "license")) put("licence", href, 1)
    else if (href.contains("creativecommons.org/licenses/") || href.contains("creativecommons.org/publicdomain/"))
      put("licence", href, 4)
    if (rel == "author" && element.normalName == "a") put("author", Metadata.words(element), 3)
  }

  private def seeData(data: String): Unit = {
    put("published", Days.iso(JsonText.string(data, "datePublished", 0)), 2)
    put("licence", JsonText.string(data, "license", 0), 2)
    put("author", JsonText.string(data, "author", 0), 2)
    val at = data.indexOf("\"author\"")
    if (at >= 0) put("author", JsonText.string(data.substring(at, math.min(data.length, at + 500)), "name", 0), 2)
  }

  /** Keeps the text unless the field has a value of the same or a better rank. */
  private def put(field: String, text: => String, rank: Int): Unit = {
    val before = found.get(field)
    if (before == null || before.rank > rank) {
      val line = new Line
      line.add(Metadata.start(text))
      if (!line.isEmpty) found.put(field, new Candidate(line.text, rank))
    }
  }
}

private[page] object Metadata {
  private val Longest = 500

  /** Whether the words have this one, in any case. Few do, so that most are not taken apart. */
  private def has(words: String, word: String): Boolean =
    (0 to words.length - word.length).exists(at => words.regionMatches(true, at, word, 0, word.length)) &&
      words.split("\\s+").exists(_.equalsIgnoreCase(word))

  private def start(text: String): String = if (text.length > Longest) text.substring(0, Longest) else text

  /** The beginning of an element's text. */
  private[page] def words(element: Element): String = {
    val line = new Line
    val stack = new NodeStack
    stack.push(element)
    while (!stack.isEmpty && stack.visited < 200 && line.length < Longest) {
      stack.nextChild() match {
        case null => stack.pop()
        case text: TextNode => line.add(start(text.getWholeText))
        case child: Element => stack.push(child)
        case _ =>
      }
    }
    line.text
  }

  private def data(element: Element): String = {
    val data = new java.lang.StringBuilder
    for (i <- 0 until element.childNodeSize if data.length < 200000) element.childNode(i) match {
      case node: DataNode => data.append(node.getWholeData)
      case node: TextNode => data.append(node.getWholeText)
      case _ =>
    }
    data.toString
  }

  /** The language tag (BCP 47); empty if the text does not look like one. */
  private def languageTag(text: String): String = {
    val tag = text.trim.takeWhile(char => char != ',')
    if (tag.length >= 2 && tag.length <= 35 && tag.forall(char => char < 128 && (Character.isLetterOrDigit(char) || char == '-'))) tag
    else ""
  }
}
