package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.artemis.MessageBody;
import dev.handfast.xa.artemis.internal.branch.TransactionSessions;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.UncheckedJms;
import dev.handfast.xa.artemis.internal.listen.Listeners;
import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XAJMSContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The connection factory that the application gets from the runtime. */
public final class ConnectionFactoryHandle implements ArtemisConnections {

  private final TransactionSessions transactions;
  private final PlainConnections plain;
  private final Listeners listeners;

  public ConnectionFactoryHandle(
      TransactionSessions transactions, PlainConnections plain, Listeners listeners) {
    this.transactions = transactions;
    this.plain = plain;
    this.listeners = listeners;
  }

  @Override
  public Listener listen(String destination, ListenerOptions options, MessageBody body) {
    return listeners.listen(
        Objects.requireNonNull(destination, "destination"),
        Objects.requireNonNull(options, "options"),
        Objects.requireNonNull(body, "body"));
  }

  @Override
  public Connection createConnection() {
    return open();
  }

  @Override
  public Connection createConnection(@Nullable String user, @Nullable String password)
      throws JMSException {
    throw foreignCredentials();
  }

  @Override
  public JMSContext createContext() {
    return createContext(Session.AUTO_ACKNOWLEDGE);
  }

  @Override
  public JMSContext createContext(int mode) {
    return UncheckedJms.call(() -> new ContextHandle(open(), mode));
  }

  @Override
  public JMSContext createContext(@Nullable String user, @Nullable String password) {
    return createContext(user, password, Session.AUTO_ACKNOWLEDGE);
  }

  @Override
  public JMSContext createContext(@Nullable String user, @Nullable String password, int mode) {
    throw UncheckedJms.convert(foreignCredentials());
  }

  @Override
  public XAConnection createXAConnection() throws JMSException {
    throw ownBranch("createXAConnection");
  }

  @Override
  public XAJMSContext createXAContext() {
    throw UncheckedJms.convert(ownBranch("createXAContext"));
  }

  private JMSException ownBranch(String what) {
    return Failures.illegal(
        transactions.settings(),
        what
            + " is refused: an XA session that the application drives has no name under which"
            + " recovery could find its branch after a crash",
        "use createConnection or createContext, whose work joins the transaction of the thread");
  }

  private JmsConnectionHandle open() {
    return new JmsConnectionHandle(transactions, new PlainConnection(plain));
  }

  private JMSException foreignCredentials() {
    return Failures.illegal(
        transactions.settings(),
        "connections use the credentials of the definition, and recovery knows no others",
        "create the connection without credentials, or define another resource with these");
  }

  @Override
  public String toString() {
    return "ArtemisConnections[" + transactions.settings() + "]";
  }
}
