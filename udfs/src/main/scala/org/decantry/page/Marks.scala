package org.decantry.page

/** Classifies elements by their class names and ids: each bit is a group of words that designers commonly use.
  *
  * A hyphen in a pattern matches the start or the end of a name, or a character that is not a letter.
  */
private[page] object Marks {

  private val words: Array[(String, String)] = Array(
    "nav" -> "nav menu breadcrumb crumb -tabs toolbar -toc",
    "share" -> "share social sharing follow twitter facebook tweet whatsapp pinterest addthis",
    "comment" -> "comment disqus reply replies respond discuss kommentar",
    "related" -> "related recommend similar also-like popular trending -more- readmore read-more mostread outbrain taboola",
    "footer" -> "footer -foot- copyright colophon impressum legal",
    "header" -> "header masthead banner logo brand -top- topbar",
    "advert" -> "-ad- -ads- advert sponsor promo -adv- adsense google-ad dfp werbung anzeige",
    "cookie" -> "cookie consent gdpr privacy",
    "author" -> "author byline -bio- profile vcard avatar autor",
    "date" -> "date time publish -meta- postmeta datum posted",
    "caption" -> "caption credit photo image picture gallery slideshow",
    "content" -> "content article entry story post -text -body inhalt texte artikel",
    "main" -> "main primary -page-",
    "sidebar" -> "sidebar -side- -rail -right- -left- secondary",
    "widget" -> "widget module plugin panel",
    "tags" -> "-tag- -tags- tagcloud categor topic label keyword rubric",
    "subscribe" -> "newsletter subscri signup sign-up mailing",
    "account" -> "login log-in register account signin password",
    "search" -> "search filter -form- suche",
    "pager" -> "pagination pager paging -prev -next-",
    "hidden" -> "hidden -hide- sr-only screen-reader visually invisible collapsed noprint",
    "overlay" -> "modal popup pop-up overlay lightbox dialog tooltip dropdown",
    "shop" -> "price cart product shop rating review buy- checkout",
    "forum" -> "thread message forum -quote signature",
    "title" -> "title headline heading",
    "list" -> "list archive teaser -feed- -index- -item",
    "lead" -> "lead- intro summary excerpt abstract standfirst dek-",
    "document" -> "markdown wiki -doc- docs document prose rst readme mw-parser"
  )

  val names: Array[String] = words.map(_._1)

  private val search = new Substrings(for {
    ((_, list), bit) <- words.toSeq.zipWithIndex
    word <- list.split(' ').toSeq
  } yield word -> (1 << bit))

  /** The bits of all groups that match one of the names. */
  def of(classNames: String, id: String): Int =
    (if (classNames.isEmpty) 0 else search.bits(classNames)) | (if (id.isEmpty) 0 else search.bits(id))
}
