package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.client.UncheckedJms;
import jakarta.jms.JMSConsumer;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import org.jspecify.annotations.Nullable;

/** A consumer of a JMSContext. It tells the context each message, for {@code acknowledge}. */
final class ContextConsumer implements JMSConsumer {

  private final ContextHandle context;
  private final MessageConsumer consumer;

  ContextConsumer(ContextHandle context, MessageConsumer consumer) {
    this.context = context;
    this.consumer = consumer;
  }

  @Override
  public @Nullable String getMessageSelector() {
    return UncheckedJms.call(consumer::getMessageSelector);
  }

  @Override
  public @Nullable MessageListener getMessageListener() {
    return UncheckedJms.call(consumer::getMessageListener);
  }

  @Override
  public void setMessageListener(@Nullable MessageListener listener) {
    UncheckedJms.run(
        () ->
            consumer.setMessageListener(
                listener == null ? null : message -> listener.onMessage(context.last(message))));
  }

  @Override
  public @Nullable Message receive() {
    return received(consumer::receive);
  }

  @Override
  public @Nullable Message receive(long timeout) {
    return received(() -> consumer.receive(timeout));
  }

  @Override
  public @Nullable Message receiveNoWait() {
    return received(consumer::receiveNoWait);
  }

  @Override
  public <T> @Nullable T receiveBody(Class<T> bodyType) {
    return body(bodyType, consumer::receive);
  }

  @Override
  public <T> @Nullable T receiveBody(Class<T> bodyType, long timeout) {
    return body(bodyType, () -> consumer.receive(timeout));
  }

  @Override
  public <T> @Nullable T receiveBodyNoWait(Class<T> bodyType) {
    return body(bodyType, consumer::receiveNoWait);
  }

  private @Nullable Message received(UncheckedJms.Call<@Nullable Message> receipt) {
    Message message = UncheckedJms.call(receipt);
    return message == null ? null : context.last(message);
  }

  private <T> @Nullable T body(Class<T> bodyType, UncheckedJms.Call<@Nullable Message> receipt) {
    Message message = received(receipt);
    return message == null ? null : UncheckedJms.call(() -> message.getBody(bodyType));
  }

  @Override
  public void close() {
    UncheckedJms.run(consumer::close);
  }
}
