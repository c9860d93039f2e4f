package dev.handfast.xa.jdbc.internal.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Says how a database sets the isolation and the access mode of the transaction that runs, and of
 * no other one. It is stateless and safe for use by many threads.
 */
public interface TransactionModes {

  /** Answers the SQL that sets a savepoint; the others are standard. */
  default String savepoint(String name) {
    return "SAVEPOINT " + name;
  }

  /**
   * Answers the SQL that sets the isolation before the first statement of a transaction, null if
   * there is none.
   *
   * @param level one of those of {@link java.sql.Connection}
   */
  @Nullable String isolation(int level);

  /**
   * Answers the SQL that makes a transaction read-only, or, before its first statement, makes it
   * write again; empty if the database takes no notice of the mode, null if there is no way.
   */
  @Nullable String readOnly(boolean only);

  /** Says why something of the above cannot be set, with the mend. */
  String refusal();
}
