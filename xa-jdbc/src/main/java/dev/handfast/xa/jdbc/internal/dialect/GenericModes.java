package dev.handfast.xa.jdbc.internal.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Knows no way to set the modes of one transaction, on a database of which nothing is known.
 *
 * @param savepointOptions what the database wants to be told of each savepoint
 */
record GenericModes(String savepointOptions) implements TransactionModes {

  @Override
  public String savepoint(String name) {
    return TransactionModes.super.savepoint(name) + savepointOptions;
  }

  @Override
  public @Nullable String isolation(int level) {
    return null;
  }

  @Override
  public @Nullable String readOnly(boolean only) {
    return null;
  }

  @Override
  public String refusal() {
    return "no way is known to set it on this database for one transaction alone. To solve this,"
        + " set it as the default of the database's user or of its driver";
  }
}
