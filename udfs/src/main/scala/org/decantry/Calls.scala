package org.decantry

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.LongAdder

/** How often each native function was evaluated in this JVM: one a row whose first argument is not null. */
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
