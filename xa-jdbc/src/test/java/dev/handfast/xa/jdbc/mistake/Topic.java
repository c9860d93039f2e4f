package dev.handfast.xa.jdbc.mistake;

import java.util.List;

/** The sections of the page, in order. */
public enum Topic {
  ENDS("Who ends the transaction"),
  TIME("Before, after and too late"),
  THREADS("Threads, and transactions beside each other"),
  POOL("Closing, and the pool"),
  FAILURES("Failures that are caught"),
  SETTINGS("Definitions and settings");

  private final String title;

  Topic(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  public List<Mistake> mistakes() {
    return switch (this) {
      case ENDS -> EndMistakes.ALL;
      case TIME -> TimeMistakes.ALL;
      case THREADS -> ThreadMistakes.ALL;
      case POOL -> PoolMistakes.ALL;
      case FAILURES -> FailureMistakes.ALL;
      case SETTINGS -> SettingMistakes.ALL;
    };
  }
}
