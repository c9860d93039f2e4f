package dev.handfast.xa.jdbc.internal.handle.forward;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Says where a handle comes from, and makes handles of what is reached from it. */
public interface Origin {

  /** Answers the use of the connection through which every call goes. */
  ConnectionUse use();

  /** Answers the application's connection. */
  Connection connection();

  /** Answers the pool's statement that led to the handle, null if none did. */
  @Nullable Statement statement();

  /**
   * Answers a handle of what a call answered, or the same if that leads to nothing that talks to
   * the database.
   */
  <R extends @Nullable Object> R reached(R answer);

  /** Answers the origin of what is reached from a statement. */
  Origin from(Statement statement, Statement handle);
}
