package dev.handfast.examples.orders.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionXACommitMessage;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Sits in the broker and, while it is set, lets no packet of one kind through: the sender waits for
 * an answer that never comes, until it is killed. That is what a crash at that point looks like to
 * the broker.
 */
final class PacketTrap implements Interceptor {

  /** What is caught. */
  enum Prey {
    NOTHING,
    /** The order to prepare: the database has voted, the broker has not. */
    PREPARE,
    /** The order to commit after all have voted. */
    COMMIT,
    /** A message outside any transaction. */
    SEND
  }

  private final AtomicReference<Prey> prey = new AtomicReference<>(Prey.NOTHING);
  private final Runnable onFirstCatch;
  private volatile boolean caught;
  private volatile int slowMillis;

  /** The action is run on a thread of the broker's at the first catch after each setting. */
  PacketTrap(Runnable onFirstCatch) {
    this.onFirstCatch = onFirstCatch;
  }

  void set(Prey next) {
    caught = false;
    prey.set(next);
  }

  /**
   * Delays each commit and each send from now on; what is caught meanwhile does not get through.
   */
  void slowDown(int millis) {
    slowMillis = millis;
  }

  @Override
  public boolean intercept(Packet packet, RemotingConnection connection) {
    Prey kind = kindOf(packet);
    if (kind == Prey.NOTHING) {
      return true;
    }
    delay(kind);
    if (kind != prey.get()) {
      return true;
    }
    if (!caught) {
      caught = true;
      onFirstCatch.run();
    }
    return false;
  }

  private void delay(Prey kind) {
    if (slowMillis > 0 && (kind == Prey.COMMIT || kind == Prey.SEND)) {
      LockSupport.parkNanos(Duration.ofMillis(slowMillis).toNanos());
    }
  }

  private static Prey kindOf(Packet packet) {
    return switch (packet.getType()) {
      case PacketImpl.SESS_XA_PREPARE -> Prey.PREPARE;
      case PacketImpl.SESS_SEND -> Prey.SEND;
      case PacketImpl.SESS_XA_COMMIT ->
          ((SessionXACommitMessage) packet).isOnePhase() ? Prey.NOTHING : Prey.COMMIT;
      default -> Prey.NOTHING;
    };
  }
}
