package dev.handfast.xa.internal.order;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Where the lines of the audit log go; its text says where. Used by one thread. */
interface AuditSink {

  /**
   * Appends lines; may hang.
   *
   * @param lines each with its end, or empty
   * @param force makes everything appended so far durable
   * @param isWanted is asked when nothing can hang any more but the write itself; if it answers
   *     false, nothing is written
   */
  void append(String lines, boolean force, BooleanSupplier isWanted) throws IOException;

  /** Nothing more will be appended; may hang. */
  default void close() throws IOException {}
}
