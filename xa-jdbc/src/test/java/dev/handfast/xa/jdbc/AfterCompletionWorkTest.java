package dev.handfast.xa.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Work that follows a transaction, in {@code afterCompletion}: with a pool of one connection, which
 * the transaction had.
 */
final class AfterCompletionWorkTest {

  private static final int INTERPOSED = 101;
  private static final int ORDINARY = 102;

  @TempDir private Path directory;
  private final BlockingQueue<FollowUp> done = new LinkedBlockingQueue<>();
  private H2Fixture orders;
  private Handfast handfast;
  private TransactionManager manager;
  private DataSource source;

  @BeforeEach
  void start() throws Exception {
    orders = H2Fixture.in(Files.createDirectory(directory.resolve("orders")));
    JdbcResource first =
        orders.resource(builder -> builder.maxSize(1).acquisitionTimeout(Duration.ofSeconds(5)));
    handfast =
        Handfast.builder()
            .nodeName("follow-up")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(first)
            .start();
    manager = handfast.transactionManager();
    source = handfast.resource(first);
  }

  @AfterEach
  void close() {
    handfast.close();
  }

  /** What came of one follow-up; the failure is empty if it worked. */
  private record FollowUp(int id, String thread, boolean autoCommit, String failure) {}

  /** Inserts a row after the completion, and another in a transaction of its own. */
  private final class Following implements Synchronization {

    private final int id;

    private Following(int id) {
      this.id = id;
    }

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      String thread = Thread.currentThread().getName();
      try {
        boolean autoCommit;
        try (Connection connection = source.getConnection()) {
          autoCommit = connection.getAutoCommit();
          H2Fixture.execute(connection, "INSERT INTO item VALUES(" + id + ")");
        }
        handfast.run(() -> H2Fixture.insert(source, id + 100));
        done.add(new FollowUp(id, thread, autoCommit, ""));
      } catch (Exception e) {
        done.add(new FollowUp(id, thread, false, e.toString()));
      }
    }
  }

  /** The connection is borrowed before the synchronizations are registered, and not closed. */
  private void workAndFollow() throws Exception {
    Connection kept = source.getConnection();
    H2Fixture.execute(kept, "INSERT INTO item VALUES(1)");
    manager.getTransaction().registerSynchronization(new Following(ORDINARY));
    handfast.synchronizationRegistry().registerInterposedSynchronization(new Following(INTERPOSED));
  }

  private List<FollowUp> followed() throws InterruptedException {
    List<FollowUp> both = new ArrayList<>();
    while (both.size() < 2) {
      FollowUp next = done.poll(30, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      both.add(next);
    }
    return both;
  }

  private void assertBothFollowedOn(String thread) throws Exception {
    assertThat(followed())
        .containsExactly(
            new FollowUp(INTERPOSED, thread, true, ""), new FollowUp(ORDINARY, thread, true, ""));
  }

  @Test
  void isDoneAfterACommit() throws Exception {
    manager.begin();
    workAndFollow();

    manager.commit();

    assertBothFollowedOn(Thread.currentThread().getName());
    assertThat(orders.items()).containsExactly(1, 101, 102, 201, 202);
  }

  @Test
  void isDoneAfterARollback() throws Exception {
    manager.begin();
    workAndFollow();

    manager.rollback();

    assertBothFollowedOn(Thread.currentThread().getName());
    assertThat(orders.items()).containsExactly(101, 102, 201, 202);
  }

  @Test
  void isDoneOnTheThreadOfTheTimeout() throws Exception {
    manager.setTransactionTimeout(1);
    manager.begin();
    workAndFollow();

    List<FollowUp> both = followed();

    assertThat(both)
        .allSatisfy(
            followed -> {
              assertThat(followed.thread()).startsWith("handfast-timeout");
              assertThat(followed.failure()).isEmpty();
              assertThat(followed.autoCommit()).isTrue();
            })
        .extracting(FollowUp::id)
        .containsExactly(INTERPOSED, ORDINARY);
    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
    assertThat(orders.items()).containsExactly(101, 102, 201, 202);
    await().untilAsserted(() -> handfast.run(() -> H2Fixture.insert(source, 2)));
  }
}
