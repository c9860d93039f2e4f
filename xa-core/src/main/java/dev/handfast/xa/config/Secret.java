package dev.handfast.xa.config;

import java.util.function.Supplier;

/** A secret that prints as {@code ***}. Safe for use by many threads. */
public final class Secret {

  private final Supplier<String> source;

  private Secret(Supplier<String> source) {
    this.source = source;
  }

  /** A secret that is known already. */
  public static Secret of(String value) {
    return new Secret(() -> value);
  }

  /** A secret that is fetched anew each time it is revealed, for example from a file. */
  public static Secret from(Supplier<String> source) {
    return new Secret(source);
  }

  /** The secret itself. Call it where a connection is made, and keep the result nowhere. */
  public String reveal() {
    return source.get();
  }

  @Override
  public String toString() {
    return "***";
  }
}
