package dev.handfast.xa.transactional.internal;

import dev.handfast.xa.Call;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.Transacted;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionRequiredException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.TransactionalException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of one method mean, whichever way it is called. Its calls run in
 * transactions of one runtime. Immutable, and safe for use by many threads.
 */
public final class MethodTransaction {

  /** A call of the method. */
  @FunctionalInterface
  public interface Body {

    /** Has the method called, and returns what it returns. */
    @Nullable Object proceed() throws Throwable;
  }

  private final TransactionSynchronizationRegistry registry;
  private final Transacted transacted;
  private final TxType type;
  private final RollbackRules rules;
  private final String name;

  /**
   * Reads what is annotated on a method.
   *
   * @param method as messages and the configuration name it
   * @throws IllegalArgumentException if an annotation of it is wrong; the message names it
   */
  public static MethodTransaction of(
      Handfast handfast, Method method, MethodAnnotations annotations) {
    return new MethodTransaction(handfast, method, annotations);
  }

  private MethodTransaction(Handfast handfast, Method method, MethodAnnotations annotations) {
    Transactional transactional = annotations.transactional();
    this.registry = handfast.synchronizationRegistry();
    this.type = transactional.value();
    this.name = MethodNames.of(method);
    this.rules = RollbackRules.of(transactional, name);
    this.transacted = annotations.applyTo(handfast.transaction(type).declaredBy(method), name);
  }

  /**
   * Calls the method on the calling thread, as its annotations say.
   *
   * @return what it returned, after the commit of the transaction that began for it
   * @throws Throwable what the method threw, as itself, after the end of that transaction; if it
   *     does not roll back and the commit failed all the same, that failure is among its suppressed
   *     exceptions
   * @throws dev.handfast.xa.TransactionOutcomeException if the method returned, and the transaction
   *     that began for it did not commit
   * @throws TransactionalException if the type is MANDATORY and the thread is in no transaction, or
   *     it is NEVER and the thread is in one
   * @throws IllegalStateException if no transaction can begin
   */
  public @Nullable Object call(Body body) throws Throwable {
    if (type == TxType.MANDATORY || type == TxType.NEVER) {
      requireAllowed();
    }
    Attempt attempt = new Attempt(rules, body);
    Object result;
    try {
      result = transacted.call(attempt);
    } catch (Throwable e) {
      throw attempt.first(e);
    }
    if (attempt.kept != null) {
      throw attempt.kept;
    }
    return result;
  }

  private void requireAllowed() {
    boolean none = registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    if (none && type == TxType.MANDATORY) {
      String why = name + " is MANDATORY and was called without a transaction";
      throw new TransactionalException(
          why + ". To solve this, call it within one, or let it be REQUIRED.",
          new TransactionRequiredException(why));
    }
    if (!none && type == TxType.NEVER) {
      String why = name + " is NEVER and was called within a transaction";
      throw new TransactionalException(
          why + ". To solve this, call it outside, or let it be NOT_SUPPORTED.",
          new InvalidTransactionException(why));
    }
  }

  /** One call. It keeps an exception that lets the transaction commit. */
  private static final class Attempt implements Call<@Nullable Object, Exception> {

    private final RollbackRules rules;
    private final Body body;
    private @Nullable Throwable kept;

    private Attempt(RollbackRules rules, Body body) {
      this.rules = rules;
      this.body = body;
    }

    @Override
    @SuppressWarnings("NullAway") // it does not know that the type argument is nullable
    public @Nullable Object call() throws Exception {
      try {
        return body.proceed();
      } catch (Throwable e) {
        if (rules.rollBackOn(e)) {
          Attempt.<Exception>throwAsItself(e);
        }
        kept = e;
        return null;
      }
    }

    /** What the caller is told, if the end of the transaction failed as well. */
    private Throwable first(Throwable failure) {
      if (kept == null || kept == failure) {
        return failure;
      }
      kept.addSuppressed(failure);
      return kept;
    }

    @SuppressWarnings("unchecked") // a Throwable may be neither an Error nor an Exception
    private static <X extends Throwable> void throwAsItself(Throwable e) throws X {
      throw (X) e;
    }
  }
}
