package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.branch.ReceivedMessage;
import dev.handfast.xa.artemis.internal.branch.TransactionSessions;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** A browser of the application's. It shows a queue as it is seen outside any transaction. */
final class BrowserHandle implements QueueBrowser {

  private final TransactionSessions transactions;
  private final QueueBrowser real;

  BrowserHandle(TransactionSessions transactions, QueueBrowser real) {
    this.transactions = transactions;
    this.real = real;
  }

  @Override
  public Enumeration<?> getEnumeration() throws JMSException {
    Enumeration<?> messages = real.getEnumeration();
    return new Enumeration<Message>() {
      @Override
      public boolean hasMoreElements() {
        return messages.hasMoreElements();
      }

      @Override
      public Message nextElement() {
        return ReceivedMessage.of(transactions, (Message) messages.nextElement(), false);
      }
    };
  }

  @Override
  public Queue getQueue() throws JMSException {
    return real.getQueue();
  }

  @Override
  public @Nullable String getMessageSelector() throws JMSException {
    return real.getMessageSelector();
  }

  @Override
  public void close() throws JMSException {
    real.close();
  }
}
