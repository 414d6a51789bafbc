package org.decantry.fasttext

import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Paths}

import munit.FunSuite

class PredictorSuite extends FunSuite {

  private def best(model: TinyModel, text: String, most: Int = 9): Seq[(String, Double)] =
    Models.predictor(model.written.toString).best(text.getBytes(UTF_8), most).toSeq.map(p => (p.label, p.probability))

  private def refused(bytes: Array[Byte]): String =
    intercept[IllegalArgumentException](Models.predictor(TinyModel.write(bytes).toString)).getMessage

  private def assertNear(found: Seq[(String, Double)], wanted: (String, Double)*): Unit = {
    assertEquals(found.map(_._1), wanted.map(_._1))
    found.zip(wanted).foreach { case ((_, one), (_, other)) => assertEqualsDouble(one, other, 1e-6) }
  }

  test("softmax, with the library's 1e-5") {
    val most = 1 / (1 + math.exp(-2))
    assertNear(best(TinyModel(), "good"), "__label__a" -> (most + 1e-5), "__label__b" -> (1 - most + 1e-5))
    assertNear(best(TinyModel(), "bad bad\tbad unknown", most = 1), "__label__b" -> (most + 1e-5))
    assertNear(best(TinyModel(), "good\nbad"), "__label__b" -> 0.50001, "__label__a" -> 0.50001)
  }

  test("one-vs-all uses a lookup table of 512 steps for its sigmoid") {
    val low = 1 / (1 + math.exp(0.0))
    val high = 1 / (1 + math.exp(-2.0))
    assertNear(best(TinyModel(loss = Settings.OneVsAll), "good"), "__label__a" -> (high + 1e-5), "__label__b" -> (low + 1e-5))
    assertNear(best(TinyModel(loss = Settings.OneVsAll, weight = 2.03f), "good", 1), "__label__a" -> (1 / (1 + math.exp(-2.0)) + 1e-5))
    assertNear(best(TinyModel(loss = Settings.NegativeSampling, weight = 9f), "good", 1), "__label__a" -> 1.00001)
  }

  test("hierarchical softmax follows the tree, and drops probabilities below 1e-5") {
    val right = 1 / (1 + math.exp(-2.0))
    val model = TinyModel(loss = Settings.HierarchicalSoftmax)
    assertNear(best(model, "good"), "__label__a" -> (right + 1e-5), "__label__b" -> (1 - right + 1e-5))
    assertNear(best(model.copy(weight = 40f), "good"), "__label__a" -> 1.00001, "__label__b" -> 1e-5)
    val one = TinyModel(loss = Settings.HierarchicalSoftmax, labels = Seq("__label__a"), seen = Seq(1))
    assertNear(best(one, "good"), "__label__a" -> 1.0)
  }

  test("a tree of labels with count 0 is as deep as the number of labels") {
    val many = (0 until 90).map(at => f"__label__$at%02d")
    val model = TinyModel(loss = Settings.HierarchicalSoftmax, labels = many, seen = many.map(_ => 0L))
    assert(best(model, "good").nonEmpty)
  }

  test("a text without known words has no labels, and one label's probability is 0") {
    Seq("", " ", "unknown", "__label__a", "</s>").foreach { text =>
      assertEquals(best(TinyModel(), text), Nil)
      assertEquals(Models.predictor(TinyModel().written.toString).probability(text.getBytes(UTF_8), "__label__a"), 0.0)
    }
  }

  test("one label's probability equals that among all labels, and is at most 1") {
    (1 to 4).foreach { loss =>
      val model = TinyModel(loss = loss, labels = Seq("__label__a", "__label__b", "__label__c"), seen = Seq(9, 5, 2))
      val predictor = Models.predictor(model.written.toString)
      val all = best(model, "good").toMap
      all.foreach { case (label, probability) =>
        assertEqualsDouble(predictor.probability("good".getBytes(UTF_8), label), math.min(1.0, probability), 1e-7)
      }
      assertEquals(all.size, 3)
    }
    val told = intercept[IllegalArgumentException](Models.predictor(TinyModel().written.toString).probability(Array(), "a"))
    assertEquals(told.getMessage, "the fastText model has no label a: it has __label__a, __label__b")
  }

  test("text after the end-of-line word does not count") {
    assertEquals(best(TinyModel(), "good </s> bad bad"), best(TinyModel(), "good"))
  }

  test("invalid UTF-8 forms words like other bytes") {
    val predictor = Models.predictor(TinyModel().written.toString)
    assertEquals(predictor.best(Array(0xff.toByte, ' ', 0x80.toByte), 1).length, 0)
  }

  test("a model that is truncated anywhere is refused in one line") {
    val whole = TinyModel().bytes
    (0 until whole.length).foreach { size =>
      val told = refused(whole.take(size))
      assert(told.contains("cut short") || (size < 8 && told.contains("not a fastText model")), s"$size: $told")
      assert(!told.contains('\n'))
    }
  }

  test("a wrong byte never makes the reader allocate memory beyond the file") {
    val whole = TinyModel().bytes
    whole.indices.foreach { at =>
      val wrong = whole.clone()
      wrong(at) = 0x7f
      try Models.predictor(TinyModel.write(wrong).toString).best("good bad".getBytes(UTF_8), 3)
      catch { case told: IllegalArgumentException => assert(!told.getMessage.contains('\n')) }
    }
  }

  test("other models and damaged ones are refused") {
    assert(refused("a pickle, or any text".getBytes(UTF_8)).endsWith("it is not a fastText model"))
    assert(refused(TinyModel(version = 13).bytes).contains("version 13: 11 and 12 are known"))
    assert(refused(TinyModel(kind = 1).bytes).contains("has word vectors and no labels"))
    assert(refused(TinyModel(wordNgrams = 2).bytes).contains("has n-grams, but no vectors for them"))
    assert(refused(TinyModel(wordNgrams = 2, buckets = 7).bytes).contains("it has 2 rows for 9 words and n-grams"))
    assert(refused(TinyModel(pruned = 0).bytes).contains("its words were pruned, but its numbers are not quantised"))
    assert(refused(TinyModel(pruned = Long.MaxValue).bytes).contains("cut short or damaged"))
    assert(refused(TinyModel(rows = Long.MaxValue / 8).bytes).contains("by 2"))
    assert(refused(TinyModel(rows = 1 << 30).bytes).contains("cut short or damaged"))
    assert(refused(TinyModel(seen = Seq(5, Long.MaxValue)).bytes).contains("its label 1 was seen"))
    val told = intercept[IllegalArgumentException](best(TinyModel(weight = Float.NaN), "good")).getMessage
    assert(told.endsWith("its weights are damaged"))
  }

  test("a digest is checked, a missing file is reported, and a replaced file is read again") {
    val path = TinyModel().written
    val told = intercept[IllegalArgumentException](Models.predictor(s"$path#sha256=${"0" * 64}")).getMessage
    assert(told.contains("has sha256") && told.endsWith("0" * 64))
    val digest = told.split(" sha256 ")(1).take(64)
    assertEquals(Models.predictor(s"$path#sha256=$digest").best("good".getBytes(UTF_8), 1)(0).label, "__label__a")
    Files.write(path, TinyModel(labels = Seq("__label__longer", "__label__b")).bytes)
    assertEquals(Models.predictor(path.toString).best("good".getBytes(UTF_8), 1)(0).label, "__label__longer")
    intercept[IllegalArgumentException](Models.predictor(s"$path#sha256=$digest"))
    Files.delete(path)
    assertEquals(intercept[IllegalArgumentException](Models.predictor(path.toString)).getMessage, s"the fastText model $path does not exist")
    assert(intercept[IllegalArgumentException](Models.predictor(Paths.get("/").toString)).getMessage.endsWith("is not a file"))
  }
}
