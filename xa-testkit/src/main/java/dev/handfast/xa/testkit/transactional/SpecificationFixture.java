package dev.handfast.xa.testkit.transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.testkit.transactional.CaseMethods.Work;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A runtime for each test, which notes how transactions end. */
abstract class SpecificationFixture {

  LogCapture log;
  Handfast handfast;
  CaseMethods cases;
  SpecificationMethods methods;
  TransactionSynchronizationRegistry registry;

  /** How each transaction ended that {@link #noteEnd} was called in. */
  final List<Integer> ends = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  SpecificationFixture() {}

  /** The methods that are annotated by type, called by this way. */
  protected abstract CaseMethods cases(Handfast handfast) throws Exception;

  /** The methods of the specification's examples, called by this way. */
  protected abstract SpecificationMethods methods(Handfast handfast) throws Exception;

  /** Ends what was made for the runtime, which is closed afterwards. */
  protected void end() throws Exception {}

  @BeforeEach
  final void start() throws Exception {
    log = new LogCapture("dev.handfast");
    handfast =
        Handfast.start(Map.of("handfast.node-name", "spec-1", "handfast.log-store.type", "memory"));
    registry = handfast.synchronizationRegistry();
    cases = cases(handfast);
    methods = methods(handfast);
  }

  @AfterEach
  final void close() throws Exception {
    end();
    int status = registry.getTransactionStatus();
    handfast.close();
    log.close();
    assertThat(status).isEqualTo(Status.STATUS_NO_TRANSACTION);
  }

  @Nullable Object key() {
    return registry.getTransactionKey();
  }

  void noteEnd() {
    registry.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {}

          @Override
          public void afterCompletion(int status) {
            ends.add(status);
          }
        });
  }

  Work noting() {
    return this::noteEnd;
  }

  Work failing(Throwable failure) {
    return () -> {
      noteEnd();
      throw failure;
    };
  }

  void assertCommits(ThrowingCallable call) {
    ends.clear();
    Throwable unused = catchThrowable(call);
    assertThat(ends).containsExactly(Status.STATUS_COMMITTED);
  }

  void assertRollsBack(ThrowingCallable call) {
    ends.clear();
    Throwable unused = catchThrowable(call);
    assertThat(ends).containsExactly(Status.STATUS_ROLLEDBACK);
  }
}
