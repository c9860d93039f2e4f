package dev.handfast.xa.it.kill;

import java.util.Arrays;

/** What the application was told of a transaction. */
enum ToldOutcome {
  COMMITTED('C'),
  ROLLED_BACK('R'),
  /** The application was told that nobody knows. */
  UNKNOWN('U'),
  /** A heuristic outcome other than unknown: never right here. */
  HEURISTIC('H'),
  /** Neither an outcome nor its own exception: never right. */
  OTHER('X');

  private final char mark;

  ToldOutcome(char mark) {
    this.mark = mark;
  }

  char mark() {
    return mark;
  }

  static ToldOutcome of(char mark) {
    return Arrays.stream(values()).filter(answer -> answer.mark == mark).findFirst().orElseThrow();
  }
}
