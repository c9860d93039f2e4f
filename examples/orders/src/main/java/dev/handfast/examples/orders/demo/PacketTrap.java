package dev.handfast.examples.orders.demo;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.CreateSessionMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionXACommitMessage;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Sits in the broker and, while it is set, lets no packet of one kind and one user through: the
 * client waits for an answer that never comes, until it or the broker is killed. That is what a
 * crash at that point looks like to the other one.
 */
final class PacketTrap {

  /** What is caught. */
  enum Prey {
    NOTHING,
    /** The order to prepare: the broker has not voted. */
    PREPARE,
    /** The answer to the order to prepare: the broker has voted. */
    VOTE,
    /** The order to commit after all have voted. */
    COMMIT,
    /** A message outside any transaction. */
    SEND,
    /** An acknowledgement outside any global transaction. */
    ACKNOWLEDGE
  }

  /** One setting of it. */
  private record Aim(Prey prey, String user) {}

  private static final Aim NOBODY = new Aim(Prey.NOTHING, "");

  private final Map<RemotingConnection, String> users =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Connections, of which each is used for one branch at a time. */
  private final Set<Object> voters = ConcurrentHashMap.newKeySet();

  private final Runnable onFirstCatch;
  private volatile Aim aim = NOBODY;
  private volatile boolean caught;
  private volatile int slowMillis;

  /** The action is run on a thread of the broker's at the first catch after each setting. */
  PacketTrap(Runnable onFirstCatch) {
    this.onFirstCatch = onFirstCatch;
  }

  void set(Prey prey, String user) {
    caught = false;
    voters.clear();
    aim = new Aim(prey, user);
  }

  void open() {
    aim = NOBODY;
  }

  /**
   * Delays each commit and each send from now on; what is caught meanwhile does not get through.
   */
  void slowDown(int millis) {
    slowMillis = millis;
  }

  /** For what comes to the broker. */
  Interceptor incoming() {
    return this::letIn;
  }

  /** For what the broker answers. */
  Interceptor outgoing() {
    return this::letOut;
  }

  private boolean letIn(Packet packet, RemotingConnection connection) {
    if (packet instanceof CreateSessionMessage session) {
      users.put(connection, String.valueOf(session.getUsername()));
    }
    Prey kind = kindOf(packet);
    if (kind == Prey.NOTHING) {
      return true;
    }
    delay(kind);
    Aim now = aim;
    if (!now.user().equals(users.get(connection))) {
      return true;
    }
    if (kind == Prey.PREPARE && now.prey() == Prey.VOTE) {
      voters.add(connection.getID());
    }
    return kind != now.prey() || hold();
  }

  private boolean letOut(Packet packet, RemotingConnection connection) {
    boolean isVote =
        packet.getType() == PacketImpl.SESS_XA_RESP
            && voters.contains(connection.getID())
            && aim.prey() == Prey.VOTE;
    return !isVote || hold();
  }

  /** Always false: the packet goes no further. */
  private boolean hold() {
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
      case PacketImpl.SESS_COMMIT -> Prey.ACKNOWLEDGE;
      case PacketImpl.SESS_XA_COMMIT ->
          ((SessionXACommitMessage) packet).isOnePhase() ? Prey.NOTHING : Prey.COMMIT;
      default -> Prey.NOTHING;
    };
  }
}
