package dev.handfast.xa.artemis.internal.listen;

import org.apache.activemq.artemis.api.core.client.ClientMessage;

/** Describes a message in logs: by its JMSMessageID and the number of this delivery. */
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
