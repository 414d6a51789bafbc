package org.decantry.page

import java.io.StringReader
import javax.xml.stream.{XMLInputFactory, XMLStreamException}

/** Detects XHTML that must be parsed as XML.
  *
  * The markup must begin with an XML declaration, be well-formed, and have the namespace of XHTML. Other markup is parsed as
  * HTML, as browsers do if the server declares HTML.
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
