package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.spi.MessageLog;

/** Writes the messages about listeners to the log; see docs/messages.md. */
final class ListenerLog {

  private static final MessageLog LOG = MessageLog.of("dev.handfast.xa.artemis");

  private ListenerLog() {}

  /** HANDFAST003020. */
  static void listening(String listener, int receivers, String deadLetter) {
    LOG.infof(
        "HANDFAST003020 %s: takes messages with %d receivers; what it gives up goes to '%s'",
        upper(listener), receivers, deadLetter);
  }

  /** HANDFAST003021. */
  static void listenerLost(String listener, String url, String reason) {
    LOG.warnf(
        "HANDFAST003021 %s: the broker at %s was lost (%s); it is tried again until it is back",
        upper(listener), url, reason);
  }

  /** HANDFAST003022. */
  static void listenerBack(String listener, String url, long millis) {
    LOG.infof(
        "HANDFAST003022 %s: the broker at %s is back after %d ms; messages are taken again",
        upper(listener), url, millis);
  }

  /** HANDFAST003023. */
  static void redelivered(
      String listener,
      MessageDescription message,
      int deliveries,
      FailedDelivery failed,
      Throwable failure) {
    LOG.warnf(
        "HANDFAST003023 %s: %s of %d did not commit in transaction %s: %s; last done: %s; %s",
        upper(listener),
        message,
        deliveries,
        failed.gtrid(),
        failed.exception(),
        failed.lastDone(),
        message.delivery() < deliveries ? "it is delivered again" : "it goes to the dead letters");
    LOG.debug("The failure of " + message, failure);
  }

  /** HANDFAST003024. */
  static void givenUp(
      String listener,
      MessageDescription message,
      int deliveries,
      String queue,
      String gtrid,
      FailedDelivery last) {
    LOG.errorf(
        "HANDFAST003024 %s: %s was one too many, after %d that failed; it was moved to '%s' in"
            + " transaction %s. Its last failure: %s",
        upper(listener), message, deliveries, queue, gtrid, last);
  }

  /** HANDFAST003025. */
  static void notGivenUp(
      String listener, MessageDescription message, String queue, String gtrid, Throwable failure) {
    LOG.errorf(
        "HANDFAST003025 %s: %s could not be moved to '%s' in transaction %s and stays where it is;"
            + " this is tried again: %s",
        upper(listener), message, queue, gtrid, failure);
  }

  /** HANDFAST003026. */
  static void notBegun(String listener, MessageDescription message, String reason) {
    LOG.warnf(
        "HANDFAST003026 %s: %s is given back untouched, since its transaction could not begin: %s",
        upper(listener), message, reason);
  }

  /** HANDFAST003027. */
  static void unknownSettings(String listener, String user) {
    LOG.warnf(
        "HANDFAST003027 %s: the broker does not tell %s its address settings. If it has no"
            + " dead-letter-address, it drops a message after max-delivery-attempts deliveries",
        upper(listener), user);
  }

  /** HANDFAST003028. */
  static void brokerIsFaster(String listener, int attempts, String address, int deliveries) {
    LOG.warnf(
        "HANDFAST003028 %s: the broker moves a message to '%s' after %d deliveries, before the"
            + " listener gives it up after %d. To solve this, lower redeliveryLimit or raise"
            + " max-delivery-attempts",
        upper(listener), address, attempts, deliveries);
  }

  /** HANDFAST003029. */
  static void stillRunning(String listener, Thread thread) {
    LOG.warnf(
        "HANDFAST003029 %s: a body is still running on %s although the runtime is closed; it was"
            + " interrupted and is left to itself, and its message goes back. It stands%s",
        upper(listener), thread.getName(), MessageLog.Stack.framesOf(thread));
  }

  /** HANDFAST003030. */
  static void receiverFailed(String listener, String failure) {
    LOG.errorf(
        "HANDFAST003030 %s: a receiver failed outside the body: %s; it opens its session anew",
        upper(listener), failure);
  }

  /** HANDFAST003031. */
  static void leftRunning(String listener, long seconds, Thread thread) {
    LOG.warnf(
        "HANDFAST003031 %s: was closed, and %s has not ended within %d s; it is left to itself,"
            + " with the message that it handles. It stands%s",
        upper(listener), thread.getName(), seconds, MessageLog.Stack.framesOf(thread));
  }

  private static String upper(String listener) {
    return "L" + listener.substring(1);
  }
}
