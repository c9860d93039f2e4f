package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.TransactionModes;
import org.jspecify.annotations.Nullable;

/** Knows that H2 sets the isolation of a session only, and commits its transaction upon that. */
final class H2Modes implements TransactionModes {

  static final H2Modes INSTANCE = new H2Modes();

  private H2Modes() {}

  @Override
  public @Nullable String isolation(int level) {
    return null;
  }

  /** H2 takes no notice of the mode of a connection. */
  @Override
  public String readOnly(boolean only) {
    return "";
  }

  @Override
  public String refusal() {
    return "H2 would commit what was done so far. To solve this, put the isolation into the URL:"
        + " ;INIT=SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE";
  }
}
