package dev.handfast.xa.internal.transaction;

import org.jspecify.annotations.Nullable;

/**
 * Who wants a transaction rolled back, and why; what is noted first is kept. Safe for use by many
 * threads.
 */
final class RollbackWish {

  private volatile @Nullable RollbackMark mark;
  private volatile @Nullable Throwable cause;
  private volatile boolean withoutEffect;

  /** Because of an error. */
  void because(Throwable why) {
    if (cause == null) {
      cause = why;
    }
  }

  /** By somebody who stands on the calling thread. */
  void mark() {
    if (mark == null) {
      mark = new RollbackMark();
    }
  }

  /** By the body that began it, which wants no exception. */
  void withoutEffect() {
    withoutEffect = true;
  }

  boolean isWithoutEffect() {
    return withoutEffect;
  }

  boolean isThere() {
    return mark != null || cause != null || withoutEffect;
  }

  /** The first error, else where it was marked; or null. */
  @Nullable Throwable cause() {
    return cause == null ? mark : cause;
  }

  boolean hasError() {
    return cause != null;
  }

  /** Why work is refused, for a message. */
  String refusal() {
    Throwable why = cause;
    return why == null ? "marked for rollback" + place() : "marked for rollback: " + why;
  }

  /** Why it is rolled back, for a reader, or null if nobody but a body without effect wants it. */
  @Nullable String reason() {
    if (cause != null) {
      return "it was marked for rollback because of " + cause;
    }
    return mark == null ? null : "it was marked for rollback" + place();
  }

  private String place() {
    RollbackMark where = mark;
    return where == null ? "" : " at " + where.place();
  }
}
