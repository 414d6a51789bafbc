package org.decantry.page

import java.util.Arrays

/** The block elements of a page in the order in which they begin, each with what its ancestors hand down to it.
  *
  * Columns of numbers: an element is its place in them, and a parent comes before its children.
  */
private[page] final class Containers {
  var size = 0
  var parent = new Array[Int](256)
  var depth = new Array[Int](256)

  /** The bits of `Marks` of the element itself, and with those of all elements around it. */
  var marks = new Array[Int](256)
  var marksAround = new Array[Int](256)

  /** The bits of `Tags.ancestors`, and `Containers.Concealed`, of the element and those around it. */
  var tagsAround = new Array[Int](256)

  /** The same for all elements of one name and class in one parent. */
  var shape = new Array[Int](256)

  var heading = new Array[Byte](256)
  var quotes = new Array[Byte](256)
  var captions = new Array[Boolean](256)

  /** The quote that the element is or is in; -1 outside of quotes. */
  var quote = new Array[Int](256)

  /** Of a list, its last item; -1 before there is one. */
  var last = new Array[Int](256)

  /** The item of a list that the element is or is in; -1 outside of lists. */
  var item = new Array[Int](256)

  /** For an item: how many lists it is in, and its sign. */
  var lists = new Array[Byte](256)
  var sign = new Array[String](256)

  /** How many items of a list have begun; its next number. */
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

  /** The bit, after those of `Tags.ancestors`, of an element that style or an attribute conceals. */
  val Concealed: Int = 1 << Tags.ancestors.length
}
