package dev.handfast.xa.artemis.internal.listen;

import org.apache.activemq.artemis.api.core.client.ClientMessage;

/** A message for a reader: its JMSMessageID and which delivery this is. */
record MessageDescription(String id, int delivery) {

  static MessageDescription of(ClientMessage message) {
    Object id = message.getUserID();
    return new MessageDescription(
        id == null ? "number " + message.getMessageID() : "ID:" + id, message.getDeliveryCount());
  }

  @Override
  public String toString() {
    return "message " + id + ", delivery " + delivery;
  }
}
