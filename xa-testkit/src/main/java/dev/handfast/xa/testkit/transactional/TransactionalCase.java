package dev.handfast.xa.testkit.transactional;

import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the table of docs/transactional.md: what is called, and what must come of it.
 *
 * @param type of the method
 * @param within whether its caller has a transaction
 */
record TransactionalCase(TxType type, boolean within, Happening happening) {

  /** In which transaction the method runs. */
  enum Inside {
    NOT_AT_ALL("not at all"),
    NONE("none"),
    THE_CALLERS("the caller's"),
    A_NEW_ONE("a new one");

    final String shown;

    Inside(String shown) {
      this.shown = shown;
    }
  }

  /** What its caller is told. */
  enum Told {
    NOTHING("returns"),
    ITS_EXCEPTION("the method's exception"),
    ITS_EXCEPTION_AND_OUTCOME("the method's exception, a `RolledBackException` suppressed in it"),
    ROLLED_BACK("`RolledBackException`"),
    REQUIRED("`TransactionalException` by `TransactionRequiredException`"),
    INVALID("`TransactionalException` by `InvalidTransactionException`"),
    CLOSED("`IllegalStateException`: closed");

    final String shown;

    Told(String shown) {
      this.shown = shown;
    }
  }

  /** How a transaction is afterwards. */
  enum State {
    NONE(""),
    ACTIVE("active"),
    MARKED("marked for rollback"),
    COMMITTED("committed"),
    ROLLED_BACK("rolled back");

    final String shown;

    State(String shown) {
      this.shown = shown;
    }
  }

  /** Each that can be, in the order of the table. */
  static List<TransactionalCase> all() {
    List<TransactionalCase> all = new ArrayList<>();
    for (TxType type : TxType.values()) {
      for (boolean within : new boolean[] {false, true}) {
        for (Happening happening : Happening.values()) {
          TransactionalCase each = new TransactionalCase(type, within, happening);
          if (each.canBe()) {
            all.add(each);
          }
        }
      }
    }
    return all;
  }

  /** A closed runtime has taken the caller's transaction away. */
  private boolean canBe() {
    if (happening == Happening.CLOSED) {
      return !within;
    }
    if (isRefused()) {
      return happening == Happening.RETURNS;
    }
    return inside() != Inside.NONE || !happening.needsTransaction();
  }

  private boolean isRefused() {
    return type == (within ? TxType.NEVER : TxType.MANDATORY);
  }

  boolean joins() {
    return within
        && (type == TxType.REQUIRED || type == TxType.MANDATORY || type == TxType.SUPPORTS);
  }

  boolean begins() {
    return type == TxType.REQUIRES_NEW || (type == TxType.REQUIRED && !within);
  }

  Inside inside() {
    if (isRefused() || (begins() && happening == Happening.CLOSED)) {
      return Inside.NOT_AT_ALL;
    }
    return joins() ? Inside.THE_CALLERS : begins() ? Inside.A_NEW_ONE : Inside.NONE;
  }

  Told told() {
    if (isRefused()) {
      return within ? Told.INVALID : Told.REQUIRED;
    }
    return switch (happening) {
      case RETURNS -> Told.NOTHING;
      case CHECKED, UNCHECKED, ERROR, LISTED, SPARED, BOTH -> Told.ITS_EXCEPTION;
      case MARKED, TIMED_OUT -> begins() ? Told.ROLLED_BACK : Told.NOTHING;
      case MARKED_CHECKED, TIMED_OUT_CHECKED ->
          begins() ? Told.ITS_EXCEPTION_AND_OUTCOME : Told.ITS_EXCEPTION;
      case CLOSED -> begins() ? Told.CLOSED : Told.NOTHING;
    };
  }

  /** How the transaction that began for the method ended. */
  State own() {
    if (inside() != Inside.A_NEW_ONE) {
      return State.NONE;
    }
    return Happening.COMMIT.contains(happening) ? State.COMMITTED : State.ROLLED_BACK;
  }

  /** How the transaction of the caller is when the method is over. */
  State callers() {
    if (!within) {
      return State.NONE;
    }
    if (!joins()) {
      return State.ACTIVE;
    }
    if (happening.timesOut()) {
      return State.ROLLED_BACK;
    }
    return happening.marks() || Happening.ROLL_BACK.contains(happening)
        ? State.MARKED
        : State.ACTIVE;
  }

  @Override
  public String toString() {
    return type
        + (within ? " within a transaction " : " without a transaction ")
        + happening.shown();
  }
}
