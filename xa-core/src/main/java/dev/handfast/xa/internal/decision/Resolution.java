package dev.handfast.xa.internal.decision;

import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.UndecidedException;
import org.jspecify.annotations.Nullable;

/** What became of the question whether a transaction is decided. */
public sealed interface Resolution {

  /** It is decided, and the decision survives any crash. */
  record Decided() implements Resolution {}

  /** It is not decided, or nobody knows. */
  sealed interface NotDecided extends Resolution {

    /** Why. */
    LogStoreException reason();
  }

  /**
   * It is certainly not decided as asked; what was decided before stands.
   *
   * @param resource that refused, or null if the log did
   * @param reason why
   */
  record Refused(@Nullable String resource, LogStoreException reason) implements NotDecided {}

  /**
   * Nobody knows yet; the question belongs to its transaction and may be asked again. With a log
   * file it is answered by the next start.
   *
   * @param reason why
   */
  record Open(UndecidedException reason) implements NotDecided {}
}
