package dev.handfast.examples.orders.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The words of a test's children. */
public final class Collected {

  private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();

  public BlockingQueue<Word> queue() {
    return words;
  }

  /** All words up to the awaited one, which is the last. */
  public List<Word> until(String awaited) throws InterruptedException {
    List<Word> heard = new ArrayList<>();
    while (true) {
      Word word = words.poll(60, TimeUnit.SECONDS);
      if (word == null || word.word().equals("failed")) {
        throw new AssertionError(word + " while waiting for " + awaited + " after " + heard);
      }
      heard.add(word);
      if (word.word().equals(awaited)) {
        return heard;
      }
    }
  }

  /** The awaited word. */
  public Word next(String awaited) throws InterruptedException {
    List<Word> heard = until(awaited);
    return heard.get(heard.size() - 1);
  }
}
