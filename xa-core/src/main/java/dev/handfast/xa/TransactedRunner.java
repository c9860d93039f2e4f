package dev.handfast.xa;

import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.internal.jakarta.DeclaredMethods;
import dev.handfast.xa.internal.transaction.Completion;
import dev.handfast.xa.internal.transaction.Coordinator;
import dev.handfast.xa.internal.transaction.LiveTransaction;
import dev.handfast.xa.internal.transaction.NewTransaction;
import jakarta.transaction.Transactional.TxType;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction as its propagation type says, and ends the transaction that it began.
 */
final class TransactedRunner implements Transacted {

  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);
  private static final int LONGEST_LABEL = 64;

  private final Coordinator coordinator;
  private final TxType type;
  private final @Nullable Duration timeout;
  private final String label;
  private final DeclaredMethods methods;
  private final @Nullable Method method;

  TransactedRunner(Coordinator coordinator, TxType type, DeclaredMethods methods) {
    this(coordinator, type, null, "", methods, null);
  }

  private TransactedRunner(
      Coordinator coordinator,
      TxType type,
      @Nullable Duration timeout,
      String label,
      DeclaredMethods methods,
      @Nullable Method method) {
    this.coordinator = coordinator;
    this.type = type;
    this.timeout = timeout;
    this.label = label;
    this.methods = methods;
    this.method = method;
  }

  /** Runs what comes in by a resource in a transaction of its own. */
  static NewTransaction apart(Coordinator coordinator) {
    DeclaredMethods none = new DeclaredMethods(Map.of());
    return new Apart(new TransactedRunner(coordinator, TxType.REQUIRES_NEW, none));
  }

  private record Apart(Transacted transacted) implements NewTransaction {

    @Override
    public <X extends Exception> void run(@Nullable Duration timeout, Work<X> work) throws X {
      Transacted begun = timeout == null ? transacted : transacted.timeout(timeout);
      begun.<X>run(work::run);
    }
  }

  @Override
  public Transacted timeout(Duration longest) {
    if (longest.isNegative() || longest.isZero() || longest.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A transaction timeout of "
              + longest
              + ": it must be positive, and "
              + LONGEST
              + " at most");
    }
    Duration configured = method == null ? null : methods.timeout(method);
    Duration counts = configured == null ? longest : configured;
    return new TransactedRunner(coordinator, type, counts, label, methods, method);
  }

  @Override
  public Transacted declaredBy(Method declaring) {
    Duration configured = methods.timeout(declaring);
    Duration counts = configured == null ? timeout : configured;
    return new TransactedRunner(coordinator, type, counts, label, methods, declaring);
  }

  @Override
  public Transacted label(String name) {
    if (name.isBlank()
        || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_LABEL
        || !name.equals(Refusal.inOneLine(name))) {
      throw new IllegalArgumentException(
          "The label of a transaction has 1 to "
              + LONGEST_LABEL
              + " bytes in UTF-8 and no character that cannot be seen, and is not blank; it was '"
              + Refusal.printable(name)
              + "'");
    }
    return new TransactedRunner(coordinator, type, timeout, name, methods, method);
  }

  @Override
  public <X extends Exception> void run(Body<X> body) throws X {
    this.<Boolean, X>call(
        () -> {
          body.run();
          return true;
        });
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T call(Call<T, X> call) throws X {
    LiveTransaction current = coordinator.current();
    return switch (type) {
      case REQUIRED -> current == null ? begun(call) : joined(current, call);
      case REQUIRES_NEW -> current == null ? begun(call) : apart(current, () -> begun(call));
      case MANDATORY -> joined(mandatory(current), call);
      case SUPPORTS -> current == null ? work(call) : joined(current, call);
      case NOT_SUPPORTED -> current == null ? work(call) : apart(current, () -> work(call));
      case NEVER -> {
        never(current);
        yield work(call);
      }
    };
  }

  /** Runs the work itself. */
  private <T extends @Nullable Object, X extends Exception> T work(Call<T, X> call) throws X {
    if (method == null) {
      return call.call();
    }
    boolean byHand = type == TxType.NOT_SUPPORTED || type == TxType.NEVER;
    Method before = methods.run(byHand ? null : method);
    try {
      return call.call();
    } finally {
      methods.run(before);
    }
  }

  private static LiveTransaction mandatory(@Nullable LiveTransaction current) {
    if (current == null) {
      throw new IllegalStateException(
          "MANDATORY work was called without a transaction. To solve this, call it within one, or"
              + " let it be REQUIRED.");
    }
    return current;
  }

  private static void never(@Nullable LiveTransaction current) {
    if (current != null) {
      throw new IllegalStateException(
          "NEVER work was called within "
              + current
              + ". To solve this, call it outside, or let it be NOT_SUPPORTED.");
    }
  }

  private <T extends @Nullable Object, X extends Exception> T apart(
      LiveTransaction current, Call<T, X> call) throws X {
    coordinator.suspend();
    T result;
    try {
      result = call.call();
    } catch (Throwable e) {
      try {
        resume(current);
      } catch (RuntimeException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
    resume(current);
    return result;
  }

  /**
   * Puts the suspended transaction back on the thread, and rolls back what the work left in its
   * place.
   */
  private void resume(LiveTransaction suspended) {
    LiveTransaction left = coordinator.current();
    if (left != null) {
      coordinator.rollback(left);
    }
    coordinator.resume(suspended);
    if (left != null) {
      throw new IllegalStateException(
          "The work left "
              + left
              + " on the thread; it was rolled back. To solve this, end what was begun.");
    }
  }

  private <T extends @Nullable Object, X extends Exception> T joined(
      LiveTransaction current, Call<T, X> call) throws X {
    if (timeout != null && method == null) {
      throw new IllegalStateException(
          "A timeout of "
              + timeout
              + " was given to work that joined "
              + current
              + ", whose timeout cannot be changed any more. To solve this, leave it out, or let the"
              + " work be REQUIRES_NEW.");
    }
    if (!current.acceptsBodies()) {
      throw new RolledBackException(
          current.gtrid().hex(),
          null,
          "No work can join " + current + ": " + current.refusal(),
          null);
    }
    current.join();
    try {
      return work(call);
    } catch (Throwable e) {
      current.mark(e);
      throw e;
    } finally {
      current.leave();
    }
  }

  private <T extends @Nullable Object, X extends Exception> T begun(Call<T, X> call) throws X {
    LiveTransaction begun = coordinator.begin(timeout, label);
    T result;
    try {
      result = work(call);
    } catch (Throwable e) {
      undo(begun, e);
      throw e;
    }
    requireOurs(begun);
    if (begun.endsWithoutEffect()) {
      Outcomes.requireRolledBack(begun, coordinator.rollback(begun));
    } else {
      Outcomes.requireCommitted(begun, coordinator.commit(begun));
    }
    return result;
  }

  /**
   * Rolls back after an exception of the work. The caller gets that exception, whatever happens
   * here.
   */
  private void undo(LiveTransaction begun, Throwable cause) {
    try {
      requireOurs(begun);
      Completion end = coordinator.rollback(begun);
      Outcomes.requireRolledBack(begun, end);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Checks that the work left on the thread the transaction that was begun for it; else both are
   * rolled back.
   */
  private void requireOurs(LiveTransaction begun) {
    LiveTransaction current = coordinator.current();
    if (begun == current || (current == null && begun.isEndedFromOutside())) {
      return;
    }
    if (current != null) {
      coordinator.rollback(current);
    }
    if (!begun.isOpen()) {
      throw new IllegalStateException(
          "The work ended " + begun + " itself. To solve this, let its caller end it.");
    }
    coordinator.resume(begun);
    coordinator.rollback(begun);
    throw new IllegalStateException(
        "The work left "
            + (current == null ? "no transaction" : "another transaction")
            + " on the thread instead of "
            + begun
            + "; both were rolled back. To solve this, resume what was suspended and end what was"
            + " begun.");
  }
}
