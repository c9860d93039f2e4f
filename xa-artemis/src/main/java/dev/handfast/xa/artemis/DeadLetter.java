package dev.handfast.xa.artemis;

/**
 * What a message that a listener gave up carries beside its own properties, when it lies at the
 * dead-letter destination. Artemis' own {@code _AMQ_ORIG_ADDRESS}, {@code _AMQ_ORIG_QUEUE} and
 * {@code _AMQ_ORIG_MESSAGE_ID} are set as well, so that the broker's {@code retryMessages} puts it
 * back. Its time to live, its delivery time and its duplicate id are taken off.
 */
public final class DeadLetter {

  /** Why it is here, in words. */
  public static final String REASON = "HANDFAST_REASON";

  /**
   * Class and message of what the last body threw; {@code unknown} if the process that tried it has
   * ended.
   */
  public static final String EXCEPTION = "HANDFAST_EXCEPTION";

  /** The queue or topic that it was taken from. */
  public static final String ORIGINAL_DESTINATION = "HANDFAST_ORIGINAL_DESTINATION";

  /** The JMSMessageID that it had. */
  public static final String ORIGINAL_MESSAGE_ID = "HANDFAST_ORIGINAL_MESSAGE_ID";

  /** How often it was delivered to a listener's body, an int. */
  public static final String DELIVERIES = "HANDFAST_DELIVERIES";

  /** When it was moved, in ISO 8601 and UTC. */
  public static final String TIME = "HANDFAST_TIME";

  private DeadLetter() {}
}
