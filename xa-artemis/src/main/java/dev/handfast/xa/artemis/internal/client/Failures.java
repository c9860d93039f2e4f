package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.config.Scrubber;
import dev.handfast.xa.config.Urls;
import dev.handfast.xa.spi.GlobalTransaction;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.jspecify.annotations.Nullable;

/** Makes this module's exceptions with their messages, and reads the client's. */
public final class Failures {

  /** What the broker's journal says of a record before it writes anything of it. */
  private static final String RECORD_TOO_LARGE = "AMQ149005";

  private Failures() {}

  /** Makes the exception for work in a transaction that is marked for rollback, or over. */
  public static JMSException refused(ArtemisSettings settings, GlobalTransaction transaction) {
    return noWork(
        settings, transaction, "takes no more work", ", neither in the transaction nor outside it");
  }

  /** Makes the exception for a thread whose transaction was ended while it worked in it. */
  public static JMSException overtaken(ArtemisSettings settings, GlobalTransaction transaction) {
    return noWork(settings, transaction, "was ended while this thread worked in it", "");
  }

  private static JMSException noWork(
      ArtemisSettings settings, GlobalTransaction transaction, String why, String where) {
    return new IllegalStateException(
        settings.owner()
            + ": transaction "
            + transaction.gtrid()
            + " "
            + why
            + ": "
            + transaction.refusal()
            + ". Nothing was sent or received"
            + where);
  }

  /** Makes the exception for something that is refused in a global transaction. */
  public static JMSException notInTransaction(
      ArtemisSettings settings, String what, String reason, String mend) {
    return new IllegalStateException(
        settings.owner()
            + ": "
            + what
            + " is refused in a global transaction: "
            + reason
            + ". To solve this, "
            + mend
            + ".");
  }

  /** Makes the exception for a serialised object, which the definition does not allow. */
  public static JMSException objectMessage(ArtemisSettings settings, String what) {
    return illegal(
        settings,
        "an ObjectMessage is refused, "
            + what
            + ": who can send one chooses the classes that are loaded here",
        "send the data as text, bytes or a map, or set "
            + ArtemisSettingsRules.key(settings, "allow-object-messages")
            + "=true");
  }

  static JMSException autoDeleted(ArtemisSettings settings, String queue) {
    return notInTransaction(
        settings,
        "the queue '" + queue + "'",
        "the broker deletes it when it is empty and nobody consumes, and with it what a branch in"
            + " doubt holds",
        "set <auto-delete-queues>false</auto-delete-queues> for it in the broker's"
            + " address-settings and delete it once, or set "
            + ArtemisSettingsRules.key(settings, "allow-auto-delete")
            + "=true");
  }

  static JMSException elsewhere(ArtemisSettings settings, String queue, String reached) {
    return new InvalidDestinationException(
        settings.owner()
            + ": the queue '"
            + queue
            + "' does not lie at the address of its name, so a message to it would reach nobody. To"
            + " solve this, send to '"
            + reached
            + "'.");
  }

  /** Describes what was thrown, even if its own {@code toString} throws. */
  public static String shown(Throwable failure) {
    try {
      return failure.toString();
    } catch (Throwable e) {
      return failure.getClass().getName();
    }
  }

  public static JMSException illegal(ArtemisSettings settings, String rule, String mend) {
    return new IllegalStateException(
        settings.owner() + ": " + rule + ". To solve this, " + mend + ".");
  }

  public static JMSException connecting(
      ArtemisSettings settings, BrokerCredentials credentials, JMSException cause) {
    boolean refused = cause instanceof JMSSecurityException;
    String text =
        ofBroker(
            settings,
            (refused ? "refused " : "could not be reached as ") + credentials.shown(),
            cause);
    JMSException failure =
        refused
            ? new JMSSecurityException(text, cause.getErrorCode())
            : new JMSException(text, cause.getErrorCode());
    failure.initCause(settings.scrubber().failure(cause));
    return failure;
  }

  /** Says where the broker is, what it did, and why. */
  public static String ofBroker(ArtemisSettings settings, String did, Throwable cause) {
    return settings.owner()
        + ": the broker at "
        + settings.maskedUrl()
        + " "
        + did
        + ": "
        + settings.scrubber().text(reason(cause));
  }

  /** Makes the exception for a connection that was lost in a transaction. */
  public static JMSException lost(
      ArtemisSettings settings, GlobalTransaction transaction, Exception cause) {
    return caused(
        settings.owner()
            + ": the connection to the broker at "
            + settings.maskedUrl()
            + " was lost in transaction "
            + transaction.gtrid()
            + " (last done: "
            + transaction.lastDone()
            + "): "
            + reason(cause),
        cause);
  }

  public static JMSException caused(String text, Throwable cause) {
    JMSException failure = new JMSException(text);
    Throwable told = Scrubber.byPatterns().failure(cause);
    failure.initCause(told);
    if (told instanceof Exception exception) {
      failure.setLinkedException(exception);
    }
    return failure;
  }

  /** Returns true if the client no longer knows what became of its calls on the connection. */
  public static boolean isConnectionLost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ActiveMQException exception) {
        return switch (exception.getType()) {
          case CONNECTION_TIMEDOUT,
              NOT_CONNECTED,
              UNBLOCKED,
              DISCONNECTED,
              OBJECT_CLOSED,
              LARGE_MESSAGE_INTERRUPTED ->
              true;
          default -> false;
        };
      }
    }
    return false;
  }

  /**
   * Returns true if the broker has answered that it refused something that was done in the branch,
   * and therefore rolled it back. An error of its journal is none: it may strike the commit itself.
   */
  public static boolean isRefusedWork(Throwable failure) {
    return failure.getCause() instanceof ActiveMQException exception
        && switch (exception.getType()) {
          case ADDRESS_FULL,
              ADDRESS_DOES_NOT_EXIST,
              QUEUE_DOES_NOT_EXIST,
              SECURITY_EXCEPTION,
              DUPLICATE_ID_REJECTED,
              LARGE_MESSAGE_ERROR_BODY,
              UNEXPECTED_ROUTING_TYPE_FOR_ADDRESS,
              INVALID_TRANSIENT_QUEUE_USE,
              ROUTING_EXCEPTION,
              TRANSACTION_ROLLED_BACK,
              TRANSACTION_TIMEOUT ->
              true;
          case IO_ERROR -> String.valueOf(exception.getMessage()).contains(RECORD_TOO_LARGE);
          default -> false;
        };
  }

  /** Returns the innermost message, which is the broker's or the network's own. */
  public static String reason(Throwable failure) {
    @Nullable String reason = failure.getMessage();
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        reason = cause.getMessage();
      }
    }
    return reason == null
        ? failure.getClass().getSimpleName()
        : Urls.mask(reason).replaceFirst("\\.+$", "");
  }
}
