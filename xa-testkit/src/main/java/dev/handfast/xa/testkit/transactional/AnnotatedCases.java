package dev.handfast.xa.testkit.transactional;

import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.Serial;

/** The methods with their annotations, in a class of which there can be a subclass. */
public class AnnotatedCases implements CaseMethods {

  /** A checked exception in rollbackOn. */
  public static class ListedException extends Exception {
    @Serial private static final long serialVersionUID = 1L;
  }

  /** An unchecked exception in dontRollbackOn. */
  public static class SparedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  /** An unchecked exception in both. */
  public static class BothException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  /** For a container. */
  public AnnotatedCases() {}

  @Override
  @Transactional(
      rollbackOn = {ListedException.class, BothException.class},
      dontRollbackOn = {SparedException.class, BothException.class})
  public void required(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional(
      value = TxType.REQUIRES_NEW,
      rollbackOn = {ListedException.class, BothException.class},
      dontRollbackOn = {SparedException.class, BothException.class})
  public void requiresNew(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional(
      value = TxType.MANDATORY,
      rollbackOn = {ListedException.class, BothException.class},
      dontRollbackOn = {SparedException.class, BothException.class})
  public void mandatory(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional(
      value = TxType.SUPPORTS,
      rollbackOn = {ListedException.class, BothException.class},
      dontRollbackOn = {SparedException.class, BothException.class})
  public void supports(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional(
      value = TxType.NOT_SUPPORTED,
      rollbackOn = {ListedException.class, BothException.class},
      dontRollbackOn = {SparedException.class, BothException.class})
  public void notSupported(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional(
      value = TxType.NEVER,
      rollbackOn = {ListedException.class, BothException.class},
      dontRollbackOn = {SparedException.class, BothException.class})
  public void never(Work work) throws Throwable {
    work.run();
  }
}
