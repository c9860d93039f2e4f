package dev.handfast.xa.artemis;

import jakarta.jms.Message;

/** What a listener does with a message. */
@FunctionalInterface
public interface MessageBody {

  /**
   * Handles a message that is acknowledged in the global transaction of the calling thread. Sends
   * through the same resource and work on other resources join that transaction, which commits when
   * this returns.
   *
   * @param message can be read until this returns
   * @throws Exception or any other Throwable, to roll back; the message is then delivered again
   */
  void onMessage(Message message) throws Exception;
}
