package org.decantry.page

import java.io.StringReader
import javax.xml.stream.{XMLInputFactory, XMLStreamException}

/** Tells XHTML that is XML from what only looks like it.
  *
  * Markup says that it is XML by an XML declaration at its begin. Where it is not well-formed, or has no namespace of
  * XHTML, it is read as HTML, as browsers do with what a server calls HTML.
  */
private[page] object Xhtml {

  private val Namespace = "http://www.w3.org/1999/xhtml"

  private val factory: XMLInputFactory = {
    val factory = XMLInputFactory.newDefaultFactory()
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false)
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false)
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false)
    factory
  }

  def is(markup: String): Boolean = {
    val at = begin(markup)
    markup.startsWith("<?xml", at) && isWellFormed(markup.substring(at))
  }

  private def begin(markup: String): Int = {
    var at = 0
    while (at < markup.length && (markup.charAt(at) <= ' ' || markup.charAt(at) == '\ufeff')) at += 1
    at
  }

  private def isWellFormed(markup: String): Boolean =
    try {
      val reader = factory.createXMLStreamReader(new StringReader(markup))
      var named = false
      while (reader.hasNext) {
        reader.next()
        if (reader.isStartElement && !named) {
          if (reader.getNamespaceURI != Namespace || reader.getLocalName != "html") return false
          named = true
        }
      }
      true
    } catch {
      case _: XMLStreamException => false
    }
}
