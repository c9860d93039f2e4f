package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.BrokerAddressSettings;
import dev.handfast.xa.artemis.internal.recover.BrokerRecoveryConnection;
import dev.handfast.xa.config.ConfigurationException;
import java.time.Duration;
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.jspecify.annotations.Nullable;

/**
 * Checks the options of a listener, and the broker's address settings, before it takes a message.
 */
final class ListenerRules {

  private static final int MOST_RECEIVERS = 1_000;
  private static final int MOST_REDELIVERIES = 1_000;
  private static final int MOST_PREFETCH = 100 * 1024 * 1024;
  private static final Duration LONGEST = Duration.ofDays(1);

  private final ArtemisSettings settings;
  private final BrokerRecoveryConnection recovery;

  ListenerRules(ArtemisSettings settings, BrokerRecoveryConnection recovery) {
    this.settings = settings;
    this.recovery = recovery;
  }

  /**
   * Checks every option and asks the broker for the settings of the address.
   *
   * @param listener how a message about the listener begins
   * @return the queue for messages that are given up
   * @throws ConfigurationException if a rule is broken
   */
  String deadLetter(String listener, String destination, ListenerOptions options) {
    Rules rules = new Rules(listener);
    checkValues(rules, destination, options);
    BrokerAddressSettings address =
        recovery.address(CompositeAddress.extractAddressName(destination)).orElse(null);
    String own = options.deadLetter();
    if (address == null) {
      if (own == null) {
        throw rules.noDeadLetter("the broker does not tell its own");
      }
      ListenerLog.unknownSettings(listener, settings.recovery().shown());
      return own;
    }
    checkBroker(rules, destination, options, address);
    String deadLetter = own == null ? address.deadLetterAddress() : own;
    if (deadLetter == null) {
      throw rules.noDeadLetter("the broker has none for this address");
    }
    rules.notItself(destination, deadLetter);
    return deadLetter;
  }

  private static void checkValues(Rules rules, String destination, ListenerOptions options) {
    rules.text("destination", destination);
    rules.text("subscription", options.subscription());
    rules.text("dead letter", options.deadLetter());
    rules.number("concurrency", options.concurrency(), 1, MOST_RECEIVERS);
    rules.number("redelivery limit", options.redeliveryLimit(), 0, MOST_REDELIVERIES);
    rules.number("prefetch in bytes", options.prefetchBytes(), 0, MOST_PREFETCH);
    rules.time("redelivery delay", options.redeliveryDelay(), Duration.ZERO);
    Duration timeout = options.transactionTimeout();
    if (timeout != null) {
      rules.time("transaction timeout", timeout, Duration.ofMillis(1));
    }
    rules.notItself(destination, options.deadLetter());
  }

  private void checkBroker(
      Rules rules, String destination, ListenerOptions options, BrokerAddressSettings address) {
    if (address.drops()) {
      throw rules.broken(
          "max-delivery-attempts of the broker",
          Integer.toString(address.maxDeliveryAttempts()),
          "the broker drops a message after so many deliveries, those to processes that were killed"
              + " included, because it has no dead-letter-address",
          "set <dead-letter-address> in the <address-setting> of '"
              + destination
              + "' in its broker.xml, or <max-delivery-attempts>-1</max-delivery-attempts>");
    }
    checkDeadLetterQueue(rules, address);
    if (options.keepsMessageGroups() && address.redeliveryDelayMillis() > 0) {
      throw rules.broken(
          "redelivery-delay of the broker",
          address.redeliveryDelayMillis() + " ms",
          "later messages of a group overtake one that waits",
          "set it to 0 for '" + destination + "' and use the listener's redeliveryDelay");
    }
    int deliveries = options.redeliveryLimit() + 1;
    if (address.isFasterThan(deliveries)) {
      ListenerLog.brokerIsFaster(
          rules.listener(),
          address.maxDeliveryAttempts(),
          String.valueOf(address.deadLetterAddress()),
          deliveries);
    }
  }

  private void checkDeadLetterQueue(Rules rules, BrokerAddressSettings address) {
    String deadLetter = address.deadLetterAddress();
    if (address.maxDeliveryAttempts() > 0
        && deadLetter != null
        && !address.makesDeadLetterQueues()
        && !recovery.hasQueue(deadLetter)) {
      throw rules.broken(
          "dead-letter-address of the broker",
          deadLetter,
          "has no queue, so that the broker drops what it sends there",
          "make a queue at that address, or set <auto-create-dead-letter-resources>");
    }
  }

  /**
   * The rules for single values, with the messages of those that are broken.
   *
   * @param listener how a message begins
   */
  private record Rules(String listener) {

    void text(String option, @Nullable String value) {
      if (value != null && value.isBlank()) {
        throw broken(option, "'" + value + "'", "must not be empty", "name one");
      }
    }

    void number(String option, int value, int least, int most) {
      if (value < least || value > most) {
        throw broken(
            option, Integer.toString(value), "must be from " + least + " to " + most, "correct it");
      }
    }

    void time(String option, Duration value, Duration least) {
      if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
        throw broken(
            option, value.toString(), "must be from " + least + " to " + LONGEST, "correct it");
      }
    }

    void notItself(String destination, @Nullable String deadLetter) {
      if (CompositeAddress.extractQueueName(destination).equals(deadLetter)) {
        throw broken(
            "dead letter",
            destination,
            "would be taken again by the listener that gave it up",
            "name another queue with ListenerOptions.deadLetter");
      }
    }

    ConfigurationException noDeadLetter(String why) {
      return broken(
          "dead letter",
          "none",
          "a message that fails again and again has no place to go, and " + why,
          "name a queue with ListenerOptions.deadLetter");
    }

    ConfigurationException broken(String option, String value, String rule, String mend) {
      return new ConfigurationException(
          listener
              + ": "
              + option
              + " = "
              + value
              + ": "
              + rule
              + ". To solve this, "
              + mend
              + ".");
    }
  }
}
