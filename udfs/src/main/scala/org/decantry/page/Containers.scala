package org.decantry.page

import java.util.Arrays

/** The block elements of a page in document order, with the properties that they inherit from their ancestors.
  *
  * The data are columns of numbers. An element is its index in them, and parents come before their children.
  */
private[page] final class Containers {
  var size = 0
  var parent = new Array[Int](256)
  var depth = new Array[Int](256)

  /** The bits of `Marks` of the element, and those of the element and all its ancestors. */
  var marks = new Array[Int](256)
  var marksAround = new Array[Int](256)

  /** The bits of `Tags.ancestors`, and `Containers.Concealed`, of the element and its ancestors. */
  var tagsAround = new Array[Int](256)

  /** A number that is equal for elements with the same parent, name and class. */
  var shape = new Array[Int](256)

  var heading = new Array[Byte](256)
  var quotes = new Array[Byte](256)
  var captions = new Array[Boolean](256)

  /** The innermost quote around or at the element; -1 outside quotes. */
  var quote = new Array[Int](256)

  /** The last item of a list; -1 before the first one. */
  var last = new Array[Int](256)

  /** The innermost list item around or at the element; -1 outside lists. */
  var item = new Array[Int](256)

  /** The number of lists around an item, and its marker. */
  var lists = new Array[Byte](256)
  var sign = new Array[String](256)

  /** The number of items that a list has so far, and its next number. */
  var next = new Array[Int](256)

  def add(above: Int): Int = {
    if (size == parent.length) grow()
    val at = size
    size += 1
    parent(at) = above
    last(at) = -1
    if (above >= 0) {
      depth(at) = depth(above) + 1
      marksAround(at) = marksAround(above)
      tagsAround(at) = tagsAround(above)
      heading(at) = heading(above)
      quotes(at) = quotes(above)
      captions(at) = captions(above)
      item(at) = item(above)
      quote(at) = quote(above)
      lists(at) = lists(above)
    } else {
      item(at) = -1
      quote(at) = -1
    }
    at
  }

  private def grow(): Unit = {
    val more = 2 * size
    parent = Arrays.copyOf(parent, more)
    depth = Arrays.copyOf(depth, more)
    marks = Arrays.copyOf(marks, more)
    marksAround = Arrays.copyOf(marksAround, more)
    tagsAround = Arrays.copyOf(tagsAround, more)
    shape = Arrays.copyOf(shape, more)
    heading = Arrays.copyOf(heading, more)
    quotes = Arrays.copyOf(quotes, more)
    captions = Arrays.copyOf(captions, more)
    item = Arrays.copyOf(item, more)
    quote = Arrays.copyOf(quote, more)
    last = Arrays.copyOf(last, more)
    lists = Arrays.copyOf(lists, more)
    sign = Arrays.copyOf(sign, more)
    next = Arrays.copyOf(next, more)
  }
}

private[page] object Containers {

  /** The bit, after those of `Tags.ancestors`, of an element that is hidden by style or an attribute. */
  val Concealed: Int = 1 << Tags.ancestors.length
}
