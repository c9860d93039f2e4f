package dev.handfast.xa.config;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Stands in for a failure that may not be told as it is; its text begins with that one's class. */
final class StandIn extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  StandIn(String text, @Nullable Throwable cause) {
    super(text, cause);
  }

  /**
   * As that of the failure that it stands for, so that a printed stack trace reads as that one's.
   */
  @SuppressWarnings("OverrideThrowableToString") // the text begins with a class already
  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
