package dev.handfast.xa.testkit.transactional;

import dev.handfast.xa.testkit.transactional.AnnotatedCases.BothException;
import dev.handfast.xa.testkit.transactional.AnnotatedCases.ListedException;
import dev.handfast.xa.testkit.transactional.AnnotatedCases.SparedException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens in a method. */
enum Happening {
  RETURNS("returns"),
  CHECKED("throws a checked exception"),
  UNCHECKED("throws an unchecked exception"),
  ERROR("throws an Error"),
  LISTED("throws one of rollbackOn"),
  SPARED("throws one of dontRollbackOn"),
  BOTH("throws one of both"),
  MARKED("marks the transaction for rollback, and returns"),
  MARKED_CHECKED("marks it, and throws a checked exception"),
  TIMED_OUT("returns when it has timed out"),
  TIMED_OUT_CHECKED("throws a checked exception when it has timed out"),
  CLOSED("is called when Handfast is closed");

  /** Those that throw, and roll back. */
  static final Set<Happening> ROLL_BACK = EnumSet.of(UNCHECKED, ERROR, LISTED);

  /** Those that return or throw, and commit. */
  static final Set<Happening> COMMIT = EnumSet.of(RETURNS, CHECKED, SPARED, BOTH);

  private final String shown;

  Happening(String shown) {
    this.shown = shown;
  }

  String shown() {
    return shown;
  }

  boolean marks() {
    return this == MARKED || this == MARKED_CHECKED;
  }

  boolean timesOut() {
    return this == TIMED_OUT || this == TIMED_OUT_CHECKED;
  }

  /** Whether it can happen in no transaction. */
  boolean needsTransaction() {
    return marks() || timesOut();
  }

  /** What the method throws, or null if it returns. */
  @Nullable Throwable thrown() {
    return switch (this) {
      case RETURNS, MARKED, TIMED_OUT, CLOSED -> null;
      case CHECKED, MARKED_CHECKED, TIMED_OUT_CHECKED -> new Exception("checked");
      case UNCHECKED -> new IllegalArgumentException("unchecked");
      case ERROR -> new AssertionError("error");
      case LISTED -> new ListedException();
      case SPARED -> new SparedException();
      case BOTH -> new BothException();
    };
  }
}
