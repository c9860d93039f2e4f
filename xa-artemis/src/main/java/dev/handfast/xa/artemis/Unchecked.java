package dev.handfast.xa.artemis;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import org.apache.activemq.artemis.jms.client.JmsExceptionUtils;
import org.jspecify.annotations.Nullable;

/** Turns the exceptions of the classic API into those of the simplified one. */
final class Unchecked {

  private Unchecked() {}

  static <T extends @Nullable Object> T call(Call<T> call) {
    try {
      return call.call();
    } catch (JMSException e) {
      throw convert(e);
    }
  }

  static void run(Action action) {
    try {
      action.run();
    } catch (JMSException e) {
      throw convert(e);
    }
  }

  static JMSRuntimeException convert(JMSException e) {
    return JmsExceptionUtils.convertToRuntimeException(e);
  }

  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T call() throws JMSException;
  }

  @FunctionalInterface
  interface Action {
    void run() throws JMSException;
  }
}
