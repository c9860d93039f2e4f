package dev.handfast.xa.jdbc.internal.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Says how a database sets the isolation and the access mode of the transaction that runs, and of
 * no other one. It is stateless and safe for use by many threads.
 */
public interface TransactionModes {

  /** Knows no way, for a database of which nothing is known. */
  TransactionModes NONE =
      new TransactionModes() {
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
          return "no way is known to set it on this database for one transaction alone. To solve"
              + " this, set it as the default of the database's user or of its driver";
        }
      };

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
