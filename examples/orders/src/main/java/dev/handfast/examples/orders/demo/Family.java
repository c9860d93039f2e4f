package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.JavaCommand;
import dev.handfast.examples.orders.process.Word;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The processes of a demo. All that still run are killed by {@link #close}. */
final class Family implements AutoCloseable {

  /** An exit code above it says so. */
  static final int KILLED_BY_SIGNAL = 128;

  private static final Duration SILENCE = Duration.ofSeconds(90);

  private final Path logs;
  private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();
  private final List<Child> children = new CopyOnWriteArrayList<>();
  private final Consumer<Word> listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean killsForgiven;

  /** The listener is told every word on the thread that awaits one. */
  Family(Path logs, Consumer<Word> listener) {
    this.logs = logs;
    this.listener = listener;
  }

  Child start(JavaCommand command) throws IOException {
    Child child = Child.start(command, logs.resolve(command.name() + ".log"), words);
    children.add(child);
    if (closed.getCount() == 0) {
      child.close();
    }
    return child;
  }

  /**
   * The next of the awaited words, whichever child says it.
   *
   * @throws DemoFailedException if a child fails or ends, or all are silent
   * @throws InterruptedException also if all were told to end, as by Ctrl-C
   */
  Word await(String... awaited) throws DemoFailedException, InterruptedException {
    Set<String> wanted = Set.of(awaited);
    return await(word -> wanted.contains(word.word()));
  }

  /** The next word that passes a test. */
  Word await(Predicate<Word> awaited) throws DemoFailedException, InterruptedException {
    return await(SILENCE, awaited);
  }

  /** The next such word of one child, or its end. */
  Word awaitFrom(Child child, String awaited) throws DemoFailedException, InterruptedException {
    Set<String> wanted = Set.of(awaited, Word.ENDED);
    return await(word -> word.child() == child && wanted.contains(word.word()));
  }

  /** The same, however long it takes. */
  Word awaitPatiently(String... awaited) throws DemoFailedException, InterruptedException {
    Set<String> wanted = Set.of(awaited);
    return await(Duration.ofDays(1), word -> wanted.contains(word.word()));
  }

  /** Whether a child that was killed, and whose end nobody awaits, is no failure. */
  void forgiveKills(boolean forgiven) {
    killsForgiven = forgiven;
  }

  private Word await(Duration silence, Predicate<Word> awaited)
      throws DemoFailedException, InterruptedException {
    while (true) {
      Word word = next(silence);
      if (awaited.test(word)) {
        return word;
      }
      requireAlive(word);
    }
  }

  /**
   * The exit code of a child that is ending.
   *
   * @throws DemoFailedException if a child fails, another one ends, or all are silent
   */
  int awaitEnd(Child child) throws DemoFailedException, InterruptedException {
    while (true) {
      Word word = next(SILENCE);
      if (word.child() == child && word.word().equals(Word.ENDED)) {
        children.remove(child);
        return word.number(0);
      }
      requireAlive(word);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    children.forEach(Child::close);
  }

  private Word next(Duration silence) throws DemoFailedException, InterruptedException {
    Word word = words.poll(silence.toSeconds(), TimeUnit.SECONDS);
    if (word == null) {
      throw new DemoFailedException("no process said a word for " + silence.toSeconds() + " s");
    }
    listener.accept(word);
    return word;
  }

  private void requireAlive(Word word) throws DemoFailedException, InterruptedException {
    boolean ended = word.word().equals(Word.ENDED);
    if (!ended && !word.word().equals("failed")) {
      return;
    }
    if (ended && killsForgiven && word.number(0) > KILLED_BY_SIGNAL) {
      return;
    }
    if (closed.await(1, TimeUnit.SECONDS)) {
      throw new InterruptedException("the demo is being ended");
    }
    throw ended
        ? DemoFailedException.of(word.child(), "ended with code " + word.number(0))
        : DemoFailedException.of(word.child(), "failed: " + word.text());
  }
}
