package dev.handfast.xa.artemis.internal.client;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import org.apache.activemq.artemis.jms.client.JmsExceptionUtils;
import org.jspecify.annotations.Nullable;

/** Turns the checked exceptions of JMS' classic API into the unchecked ones of JMSContext. */
public final class UncheckedJms {

  private UncheckedJms() {}

  public static <T extends @Nullable Object> T call(Call<T> call) {
    try {
      return call.call();
    } catch (JMSException e) {
      throw convert(e);
    }
  }

  public static void run(Action action) {
    try {
      action.run();
    } catch (JMSException e) {
      throw convert(e);
    }
  }

  public static JMSRuntimeException convert(JMSException e) {
    return JmsExceptionUtils.convertToRuntimeException(e);
  }

  @FunctionalInterface
  public interface Call<T extends @Nullable Object> {
    T call() throws JMSException;
  }

  @FunctionalInterface
  public interface Action {
    public void run() throws JMSException;
  }
}
