package dev.handfast.xa.it.shutdown;

import java.util.Arrays;

/** What a transaction is held up by, when its process is told to end. */
enum Holder {
  /** A statement that the database does not answer. */
  STATEMENT("PgStatement.executeQuery", false),
  /** A statement that waits for a COPY which nobody ends. */
  COPY("QueryExecutorImpl.waitOnLock", false),
  /** A commit that is lost on a network without an end. */
  COMMIT_ON_NETWORK("PGXAConnection.commitPrepared", true),
  /** A driver that does not come back from a vote, whatever becomes of its connection. */
  PREPARE_IN_DRIVER("PGXAConnection.prepare", false),
  /** A lock that is taken in {@code beforeCompletion}. */
  BEFORE_COMPLETION("HeldMain$Locking.beforeCompletion", false),
  /** A lock that is taken in {@code afterCompletion}. */
  AFTER_COMPLETION("HeldMain$Locking.afterCompletion", true),
  /** The body of a listener that heeds no interrupt. */
  LISTENER("HeldMain.onRequest", false),
  /** A broker that is stopped; nothing is running. */
  IDLE_BROKER("", false),
  /** A broker that is stopped while messages are sent to it. */
  SENDING_BROKER("ActiveMQMessageProducer.send", false);

  private final String frame;
  private final boolean kept;

  Holder(String frame, boolean kept) {
    this.frame = frame;
    this.kept = kept;
  }

  /** The method in which the thread stands; empty if none does. */
  String frame() {
    return frame;
  }

  /** Whether a thread stands in it. */
  boolean holds(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(at -> at.getClassName() + "." + at.getMethodName())
        .anyMatch(at -> at.endsWith(frame));
  }

  /** Whether what the transaction did is there in the end, and not gone. */
  boolean isKept() {
    return kept;
  }

  /** Whether it is in code of the application, which no close has to wait for. */
  boolean isInApplication() {
    return this == BEFORE_COMPLETION || this == AFTER_COMPLETION || this == LISTENER;
  }

  /** Whether the broker is stopped. */
  boolean stopsTheBroker() {
    return this == IDLE_BROKER || this == SENDING_BROKER;
  }

  /** Whether a call to a resource manager is held up, which has a bound of its own. */
  boolean isEndedByPatience() {
    return isInDriver() || this == IDLE_BROKER;
  }

  /** Whether it is held up at a call of the driver. */
  boolean isInDriver() {
    return this == PREPARE_IN_DRIVER || this == COMMIT_ON_NETWORK;
  }
}
