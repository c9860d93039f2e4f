package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Section 3.6, TransactionSynchronizationRegistry, without synchronizations. */
@Section("3.6")
final class RegistrySpecTest extends Specification {

  @Test
  @Sentence(says = "One object serves all components and threads.")
  void oneObjectServesAllThreads() throws Exception {
    manager.begin();
    registry.putResource("key", "here");
    Object there =
        Elsewhere.call(
            () -> {
              manager.begin();
              registry.putResource("key", "there");
              Object value = registry.getResource("key");
              manager.rollback();
              return value;
            });

    assertThat(there).isEqualTo("there");
    assertThat(registry.getResource("key")).isEqualTo("here");
    manager.rollback();
  }

  @Test
  @Sentence(says = "A value belongs to the transaction of the caller.")
  void aValueBelongsToItsTransaction() throws Exception {
    manager.begin();
    registry.putResource("key", "first");
    Transaction first = manager.suspend();
    manager.begin();
    Object inSecond = registry.getResource("key");
    manager.rollback();
    manager.resume(first);

    assertThat(inSecond).isNull();
    assertThat(registry.getResource("key")).isEqualTo("first");
    manager.rollback();
  }

  @Test
  @Sentence(says = "When the transaction is complete its values are let go.")
  @Differs(
      how = Differs.How.BRIDGED,
      narayana = "keeps the values as long as somebody has the Transaction object",
      here = "lets them go when the transaction is over")
  void valuesAreLetGo() throws Exception {
    manager.begin();
    WeakReference<Object> value = keepAValue();
    Transaction transaction = current();
    manager.commit();

    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              System.gc();
              return value.get() == null;
            });
    assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_COMMITTED);
  }

  private WeakReference<Object> keepAValue() {
    Object value = new byte[16];
    registry.putResource("key", value);
    return new WeakReference<>(value);
  }

  @Test
  @Sentence(says = "When the transaction is complete its values are let go.")
  void theNextTransactionHasNoValues() throws Exception {
    manager.begin();
    registry.putResource("key", "value");
    manager.commit();
    manager.begin();

    assertThat(registry.getResource("key")).isNull();
    manager.rollback();
  }

  @Test
  @Sentence(of = "getTransactionKey", says = "It stands for the transaction of the thread.")
  void theKeyIsOfTheTransaction() throws Exception {
    manager.begin();
    Object first = registry.getTransactionKey();
    manager.suspend().rollback();
    manager.begin();
    Object second = registry.getTransactionKey();
    manager.rollback();

    assertThat(first).isNotNull().isNotEqualTo(second);
    assertThat(second).isNotNull();
  }

  @Test
  @Sentence(of = "getTransactionKey", says = "It can be the key of a hash map.")
  void theKeyIsAKey() throws Exception {
    Map<Object, String> map = new HashMap<>();
    manager.begin();
    map.put(registry.getTransactionKey(), "value");
    manager.resume(manager.suspend());

    assertThat(map.get(registry.getTransactionKey())).isEqualTo("value");
    manager.rollback();
  }

  @Test
  @Sentence(of = "getTransactionKey", says = "null: there is no transaction.")
  void thereIsNoKeyWithoutATransaction() throws Exception {
    assertThat(registry.getTransactionKey()).isNull();
    manager.begin();
    manager.commit();
    assertThat(registry.getTransactionKey()).isNull();
  }

  @Test
  @Sentence(
      of = "getTransactionKey",
      says = "All that is returned in one transaction is equal, with one hash code.")
  void keysOfATransactionAreEqual() throws Exception {
    manager.begin();
    Object here = registry.getTransactionKey();
    Transaction transaction = manager.suspend();
    Object there =
        Elsewhere.call(
            () -> {
              manager.resume(transaction);
              Object key = registry.getTransactionKey();
              manager.rollback();
              return key;
            });

    assertThat(here).isEqualTo(there).hasSameHashCodeAs(there);
  }

  @Test
  @Sentence(of = "getTransactionKey", says = "Its text helps a reader to know the transaction.")
  void theTextOfTheKeyNamesTheTransaction() throws Exception {
    manager.begin();

    assertThat(registry.getTransactionKey().toString()).contains(db.transaction().gtrid());
    manager.rollback();
  }

  @Test
  @Sentence(of = "putResource", says = "It adds or replaces a value, as Map.put does.")
  void putReplaces() throws Exception {
    manager.begin();
    registry.putResource("key", "first");
    registry.putResource("key", "second");
    registry.putResource("other", "third");

    assertThat(registry.getResource("key")).isEqualTo("second");
    assertThat(registry.getResource("other")).isEqualTo("third");
    manager.rollback();
  }

  @Test
  @Sentence(of = "putResource", says = "A value may be null.")
  void aValueMayBeNull() throws Exception {
    manager.begin();
    registry.putResource("key", "value");
    registry.putResource("key", null);

    assertThat(registry.getResource("key")).isNull();
    manager.rollback();
  }

  @Test
  @Sentence(of = "putResource", says = "IllegalStateException: there is no transaction.")
  void putNeedsATransaction() {
    assertThatIllegalStateException().isThrownBy(() -> registry.putResource("key", "value"));
  }

  @Test
  @Sentence(of = "putResource", says = "NullPointerException: the key is null.")
  void putNeedsAKey() throws Exception {
    manager.begin();

    assertThatNullPointerException().isThrownBy(() -> registry.putResource(null, "value"));
    manager.rollback();
  }

  @Test
  @Sentence(of = "getResource", says = "It returns the value of the key.")
  void getFindsByAnEqualKey() throws Exception {
    manager.begin();
    registry.putResource(List.of(1, 2), "value");

    assertThat(registry.getResource(new ArrayList<>(List.of(1, 2)))).isEqualTo("value");
    manager.rollback();
  }

  @Test
  @Sentence(of = "getResource", says = "null: there is no such key.")
  void getFindsNothing() throws Exception {
    manager.begin();

    assertThat(registry.getResource("key")).isNull();
    manager.rollback();
  }

  @Test
  @Sentence(of = "getResource", says = "IllegalStateException: there is no transaction.")
  void getNeedsATransaction() {
    assertThatIllegalStateException().isThrownBy(() -> registry.getResource("key"));
  }

  @Test
  @Sentence(of = "getResource", says = "NullPointerException: the key is null.")
  void getNeedsAKey() throws Exception {
    manager.begin();

    assertThatNullPointerException().isThrownBy(() -> registry.getResource(null));
    manager.rollback();
  }

  @Test
  @Sentence(of = "getTransactionStatus", says = "It tells what TransactionManager.getStatus tells.")
  void tellsTheStatusOfTheManager() throws Exception {
    List<Integer> told = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    noteStatus(told, expected);
    manager.begin();
    current()
        .registerSynchronization(
            new Callback(() -> noteStatus(told, expected), status -> noteStatus(told, expected)));
    noteStatus(told, expected);
    manager.commit();
    manager.begin();
    manager.setRollbackOnly();
    noteStatus(told, expected);
    manager.rollback();

    assertThat(told).isEqualTo(expected).contains(Status.STATUS_ACTIVE);
    assertThat(told.get(0)).isEqualTo(Status.STATUS_NO_TRANSACTION);
    assertThat(told).endsWith(Status.STATUS_MARKED_ROLLBACK);
  }

  private void noteStatus(List<Integer> told, List<Integer> expected) throws Exception {
    told.add(registry.getTransactionStatus());
    expected.add(manager.getStatus());
  }

  @Test
  @Sentence(of = "setRollbackOnly", says = "It marks the transaction of the thread.")
  void marksTheTransaction() throws Exception {
    manager.begin();
    db.work();
    registry.setRollbackOnly();

    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    manager.rollback();
  }

  @Test
  @Sentence(of = "setRollbackOnly", says = "IllegalStateException: there is no transaction.")
  void marksNothingWithoutATransaction() {
    assertThatIllegalStateException().isThrownBy(() -> registry.setRollbackOnly());
  }

  @Test
  @Sentence(of = "getRollbackOnly", says = "It tells whether the transaction is marked.")
  void tellsWhetherItIsMarked() throws Exception {
    manager.begin();
    boolean before = registry.getRollbackOnly();
    manager.setRollbackOnly();
    boolean after = registry.getRollbackOnly();
    manager.rollback();

    assertThat(before).isFalse();
    assertThat(after).isTrue();
  }

  @Test
  @Sentence(of = "getRollbackOnly", says = "IllegalStateException: there is no transaction.")
  void tellsNoMarkWithoutATransaction() {
    assertThatIllegalStateException().isThrownBy(() -> registry.getRollbackOnly());
  }
}
