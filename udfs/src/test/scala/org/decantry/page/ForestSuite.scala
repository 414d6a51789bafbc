package org.decantry.page

import java.io.{ByteArrayInputStream, ByteArrayOutputStream}
import java.nio.{ByteBuffer, ByteOrder}

class ForestSuite extends munit.FunSuite {

  private def file(features: Int, child: Short = 1, left: Array[Byte] = Array.emptyByteArray): ByteArrayInputStream = {
    val buffer = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN)
    buffer.put("DXF1".getBytes).putInt(features).putInt(2).putFloat(0.5f).putFloat(0.45f)
    // Feature 2 up to 1.5: feature 0 up to 0 is -1, else 2; above 1.5: 4.
    buffer.putInt(2).putShort(2).putShort(0).putFloat(1.5f).putFloat(0f)
    buffer.putShort(child).putShort(-1).putShort(-3).putShort(-2)
    buffer.putFloat(-1f).putFloat(2f).putFloat(4f)
    buffer.putInt(0).putFloat(0.25f)
    val out = new ByteArrayOutputStream
    out.write(buffer.array, 0, buffer.position())
    out.write(left)
    new ByteArrayInputStream(out.toByteArray)
  }

  private def sigmoid(sum: Double): Float = (1 / (1 + math.exp(-sum))).toFloat

  test("the probability is that of the sum of one leaf of each tree") {
    val forest = Forest.read(file(3), 3)
    assertEquals(forest.threshold, 0.45f)
    assertEquals(forest.probability(Array(0f, 9f, 1.5f)), sigmoid(0.5 + 0.25 - 1))
    assertEquals(forest.probability(Array(0.1f, 9f, 1.5f)), sigmoid(0.5 + 0.25 + 2))
    assertEquals(forest.probability(Array(0f, 9f, 1.6f)), sigmoid(0.5 + 0.25 + 4))
  }

  test("an invalid file is refused") {
    def refused(stream: ByteArrayInputStream, features: Int = 3): String =
      intercept[IllegalArgumentException](Forest.read(stream, features)).getMessage
    assert(refused(file(3), 4).contains("trained on 3 features, there are 4"))
    assert(refused(file(3, child = 0)).contains("no child 0 of node 0"))
    assert(refused(file(3, child = -4)).contains("no child -4"))
    assert(refused(file(3, left = Array(1))).contains("1 bytes are left over"))
    assert(refused(new ByteArrayInputStream("DXF2".getBytes ++ new Array[Byte](20))).contains("does not begin with DXF1"))
    assert(refused(new ByteArrayInputStream(Array[Byte](1))).contains("too short"))
  }
}
