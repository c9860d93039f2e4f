package dev.handfast.xa.artemis.internal.branch;

import dev.handfast.xa.artemis.internal.client.Failures;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a received message where the application must not call everything: {@code acknowledge} is
 * refused in a global transaction, because it would take the message whatever becomes of the
 * transaction, and an object is not deserialised unless the definition allows it.
 */
public final class ReceivedMessage implements InvocationHandler {

  private static final List<Class<? extends Message>> KINDS =
      List.of(
          TextMessage.class,
          BytesMessage.class,
          MapMessage.class,
          StreamMessage.class,
          ObjectMessage.class,
          Message.class);

  private final TransactionSessions transactions;
  private final Message real;

  private ReceivedMessage(TransactionSessions transactions, Message real) {
    this.transactions = transactions;
    this.real = real;
  }

  /**
   * Returns the message as the application gets it: wrapped if something must be refused, else as
   * it is.
   *
   * @param acknowledges whether acknowledging the message by hand would reach the broker
   */
  public static Message of(TransactionSessions transactions, Message real, boolean acknowledges) {
    boolean isObject = real instanceof ObjectMessage;
    if (!acknowledges && !(isObject && !transactions.settings().allowObjectMessages())) {
      return real;
    }
    return (Message)
        Proxy.newProxyInstance(
            Message.class.getClassLoader(),
            new Class<?>[] {kindOf(real)},
            new ReceivedMessage(transactions, real));
  }

  private static Class<?> kindOf(Message real) {
    return KINDS.stream().filter(kind -> kind.isInstance(real)).findFirst().orElseThrow();
  }

  /** Takes the wrapper off, since the client copies a message that is not its own. */
  public static @Nullable Message unwrap(@Nullable Message message) {
    return message != null
            && Proxy.isProxyClass(message.getClass())
            && Proxy.getInvocationHandler(message) instanceof ReceivedMessage received
        ? received.real
        : message;
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "acknowledge" ->
          transactions.refuseInTransaction(
              "acknowledge",
              "a receipt is acknowledged when the transaction commits",
              "remove it, or do this outside the transaction");
      case "getObject", "getBody", "isBodyAssignableTo" -> checkObject();
      case "equals" -> {
        return arguments != null && arguments[0] instanceof Message other && isSame(other);
      }
      default -> {}
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private boolean isSame(Message other) {
    return real.equals(unwrap(other));
  }

  private void checkObject() throws JMSException {
    if (real instanceof ObjectMessage && !transactions.settings().allowObjectMessages()) {
      throw Failures.objectMessage(transactions.settings(), "its object is not deserialised");
    }
  }
}
