package org.decantry

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.LongAdder

/** The number of evaluations of each native function in this JVM. Rows whose first argument is null are not counted. */
object Calls {
  private val counters = new ConcurrentHashMap[String, LongAdder]()

  def add(name: String): Unit = {
    var counter = counters.get(name)
    if (counter == null) counter = counters.computeIfAbsent(name, _ => new LongAdder)
    counter.increment()
  }

  def count(name: String): Long = {
    val counter = counters.get(name)
    if (counter == null) 0L else counter.sum()
  }

  def reset(): Unit = counters.clear()
}
