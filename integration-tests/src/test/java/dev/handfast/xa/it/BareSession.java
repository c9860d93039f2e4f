package dev.handfast.xa.it;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;

/** One XA session of the client as it comes, driven by hand: what a pool is built on. */
final class BareSession implements AutoCloseable {

  /** The client gives up early, and has no thread in common with others. */
  private static final String PARAMETERS =
      "?callTimeout=1000&callFailoverTimeout=1000&useGlobalPools=false&useEpoll=false";

  private static final int FORMAT = 4711;

  private final ActiveMQXAConnectionFactory factory;
  private final XAConnection connection;
  private final XASession session;

  private BareSession(String url) throws JMSException {
    this.factory = new ActiveMQXAConnectionFactory(url);
    this.connection = factory.createXAConnection();
    this.session = connection.createXASession();
    connection.start();
  }

  static BareSession open(String url) throws JMSException {
    return new BareSession(url + PARAMETERS);
  }

  /** The client connects again by itself and puts the session up anew. */
  static BareSession reconnecting(String url) throws JMSException {
    return new BareSession(url + PARAMETERS + "&reconnectAttempts=-1&retryInterval=50");
  }

  XASession session() {
    return session;
  }

  XAResource xa() {
    return session.getXAResource();
  }

  Xid start() throws XAException {
    byte[] gtrid = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    Xid xid = new XidImpl(new byte[] {1}, FORMAT, gtrid);
    xa().start(xid, XAResource.TMNOFLAGS);
    return xid;
  }

  /** A branch with one durable message, voted for. */
  Xid prepared(String queue, String text) throws Exception {
    return prepared(queue, text, DeliveryMode.PERSISTENT);
  }

  Xid prepared(String queue, String text, int deliveryMode) throws Exception {
    Xid xid = start();
    send(queue, text, deliveryMode);
    xa().end(xid, XAResource.TMSUCCESS);
    xa().prepare(xid);
    return xid;
  }

  void send(String queue, String text) throws JMSException {
    send(queue, text, DeliveryMode.PERSISTENT);
  }

  private void send(String queue, String text, int deliveryMode) throws JMSException {
    try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      producer.setDeliveryMode(deliveryMode);
      Message message = session.createTextMessage(text);
      producer.send(message);
    }
  }

  boolean lists(Xid xid) throws XAException {
    return Arrays.asList(xa().recover(XAResource.TMSTARTRSCAN)).contains(xid);
  }

  /** The error code of a call, or 0. */
  static int errorOf(XaWork call) {
    try {
      call.run();
      return 0;
    } catch (XAException e) {
      return e.errorCode;
    }
  }

  @Override
  public void close() throws JMSException {
    connection.close();
    factory.close();
  }

  interface XaWork {
    void run() throws XAException;
  }
}
