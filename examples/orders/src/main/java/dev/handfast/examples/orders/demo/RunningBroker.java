package dev.handfast.examples.orders.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;

/** What the broker's process sees of its own broker. */
record RunningBroker(ActiveMQServer server) {

  private static final Duration DEAD_CONNECTIONS_NOTICED = Duration.ofSeconds(10);
  private static final Duration STANDSTILL = Duration.ofSeconds(45);
  private static final long GLANCE_NANOS = Duration.ofMillis(2).toNanos();

  /** Branches that are prepared and not finished. */
  int inDoubt() {
    return server.getResourceManager().getPreparedTransactions().size();
  }

  /** Those of one node, whose name is in their ids. */
  int inDoubt(String node) {
    return (int)
        server.getResourceManager().getPreparedTransactions().stream()
            .filter(xid -> isOf(xid, node))
            .count();
  }

  /** Returns when a user has no session any more, so that all it sent is done or undone. */
  void awaitNoSessions(String user) {
    long end = System.nanoTime() + DEAD_CONNECTIONS_NOTICED.toNanos();
    await(
        () ->
            System.nanoTime() > end
                || server.getSessions().stream()
                    .noneMatch(session -> user.equals(session.getUsername())));
  }

  /**
   * Returns when a queue has no message, not even one that is being delivered or in doubt, or when
   * nothing happened there for long; then with the number of messages.
   */
  long awaitEmpty(String name) {
    Queue queue = server.locateQueue(SimpleString.of(name));
    long[] count = {queue.getMessageCount()};
    long[] changed = {System.nanoTime()};
    await(
        () -> {
          long now = queue.getMessageCount();
          if (now != count[0]) {
            count[0] = now;
            changed[0] = System.nanoTime();
          }
          return now == 0 || System.nanoTime() - changed[0] > STANDSTILL.toNanos();
        });
    return count[0];
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  private static boolean isOf(Xid xid, String node) {
    return new String(xid.getGlobalTransactionId(), StandardCharsets.ISO_8859_1).contains(node);
  }
}
