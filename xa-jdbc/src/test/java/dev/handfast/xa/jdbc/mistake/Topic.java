package dev.handfast.xa.jdbc.mistake;

import java.util.List;

/** The sections of the page, in order. */
public enum Topic {
  ENDS("Who ends the transaction", EndMistakes.ALL),
  TIME("Before, after and too late", TimeMistakes.ALL),
  THREADS("Threads, and transactions beside each other", ThreadMistakes.ALL),
  POOL("Closing, and the pool", PoolMistakes.ALL),
  FAILURES("Failures that are caught", FailureMistakes.ALL),
  SETTINGS("Definitions and settings", SettingMistakes.ALL);

  private final String title;
  private final List<Mistake> mistakes;

  Topic(String title, List<Mistake> mistakes) {
    this.title = title;
    this.mistakes = mistakes;
  }

  public String title() {
    return title;
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
