package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.RolledBackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.Transactional.TxType;
import java.io.Serializable;
import java.time.Duration;
import javax.naming.Referenceable;
import org.junit.jupiter.api.Test;

/** Section 3.1, UserTransaction. */
@Section("3.1")
final class UserTransactionSpecTest extends ThreadCompletionContract {

  @Override
  void begin() throws Exception {
    user.begin();
  }

  @Override
  void commit() throws Exception {
    user.commit();
  }

  @Override
  void rollback() throws Exception {
    user.rollback();
  }

  @Override
  void setRollbackOnly() throws Exception {
    user.setRollbackOnly();
  }

  @Override
  int getStatus() throws Exception {
    return user.getStatus();
  }

  @Override
  void setTransactionTimeout(int seconds) throws Exception {
    user.setTransactionTimeout(seconds);
  }

  @Test
  @Sentence(says = "An application sets the bounds of transactions by itself.")
  void theApplicationSetsTheBounds() throws Exception {
    user.begin();
    db.work();
    user.commit();
    user.begin();
    db.work();
    user.rollback();

    assertThat(orders.committed()).hasSize(1);
    assertThat(orders.rolledBack()).hasSize(1).doesNotContainAnyElementsOf(orders.committed());
  }

  @Test
  @Sentence(says = "It can be kept in a naming context: it is Referenceable and Serializable.")
  @Differs(
      how = Differs.How.DOCUMENTED,
      narayana = "its UserTransaction is both",
      here = "neither: a runtime is an object of the application and has no naming context")
  void isNotForANamingContext() {
    assertThat(user).isNotInstanceOf(Referenceable.class).isNotInstanceOf(Serializable.class);
  }

  @Test
  @Sentence(says = "begin starts a global transaction and ties it to the calling thread.")
  void beginIsForTheCallingThread() throws Exception {
    user.begin();

    assertThat(user.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    assertThat(manager.getTransaction()).isNotNull();
    user.rollback();
  }

  @Test
  @Sentence(says = "The transaction manager keeps the tie between transaction and thread.")
  void handlesFindTheTransactionOfTheirThread() throws Exception {
    user.begin();
    Object here = db.transaction();
    Object there =
        Elsewhere.call(
            () -> {
              user.begin();
              Object other = db.transaction();
              user.rollback();
              return other;
            });

    assertThat(db.transaction()).isEqualTo(here).isNotEqualTo(there);
    user.rollback();
  }

  @Test
  @Sentence(says = "Where transactions do not nest, begin within one: NotSupportedException.")
  void transactionsDoNotNest() throws Exception {
    manager.begin();

    assertThatExceptionOfType(NotSupportedException.class).isThrownBy(() -> user.begin());
    manager.rollback();
  }

  @Test
  @Sentence(of = "setTransactionTimeout", says = "The value is a number of seconds.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "knows whole seconds alone",
      here = "run carries out a part of a second as given, to 10 ms")
  void runTakesLessThanASecond() throws Exception {
    Duration brief = Duration.ofMillis(250);
    user.setTransactionTimeout(1);
    user.begin();
    Transaction older = manager.suspend();
    long begun = System.nanoTime();

    assertThatExceptionOfType(RolledBackException.class)
        .isThrownBy(
            () ->
                handfast
                    .transaction(TxType.REQUIRED)
                    .timeout(brief)
                    .run(
                        () -> {
                          db.work();
                          await().until(() -> !orders.rolledBack().isEmpty());
                        }))
        .withMessageContaining("timed out");
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(brief.toNanos());
    assertThat(older.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    older.rollback();
  }
}
