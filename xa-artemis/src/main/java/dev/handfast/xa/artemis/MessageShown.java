package dev.handfast.xa.artemis;

import org.apache.activemq.artemis.api.core.client.ClientMessage;

/** A message for a reader: its JMSMessageID and which delivery this is. */
record MessageShown(String id, int delivery) {

  static MessageShown of(ClientMessage message) {
    Object id = message.getUserID();
    return new MessageShown(
        id == null ? "number " + message.getMessageID() : "ID:" + id, message.getDeliveryCount());
  }

  @Override
  public String toString() {
    return "message " + id + ", delivery " + delivery;
  }
}
