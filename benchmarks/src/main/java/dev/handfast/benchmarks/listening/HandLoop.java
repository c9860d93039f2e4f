package dev.handfast.benchmarks.listening;

import dev.handfast.benchmarks.processes.Servers;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.ActiveMQTextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.xa.PGXADataSource;

/**
 * A loop written by hand over one XA session and one XA connection that it keeps: receive, start,
 * acknowledge, update, send, end, prepare, commit. It knows neither timeouts nor recovery.
 */
final class HandLoop implements Runnable {

  private final Servers servers;
  private final CountDownLatch work;
  private final @Nullable Path log;

  /**
   * @param work counted down once a message
   * @param log of decisions, or null to take them without any
   */
  HandLoop(Servers servers, CountDownLatch work, @Nullable Path log) {
    this.servers = servers;
    this.work = work;
    this.log = log;
  }

  @Override
  public void run() {
    PGXADataSource source = new PGXADataSource();
    source.setUrl(servers.database());
    source.setUser(Servers.USER);
    source.setPassword(Servers.PASSWORD);
    try (var factory = new ActiveMQXAConnectionFactory(servers.broker());
        var broker = (ActiveMQXAConnection) factory.createXAConnection();
        var session = (ActiveMQSession) broker.createXASession();
        MessageProducer producer = session.createProducer(session.createQueue(Servers.OUT));
        ClientConsumer consumer =
            session.getCoreSession().createConsumer(Servers.IN, null, Servers.WINDOW, -1, false);
        HandLog decisions = log == null ? null : HandLog.open(log)) {
      XAConnection database = source.getXAConnection();
      try (Connection rows = database.getConnection();
          PreparedStatement update = rows.prepareStatement(Servers.UPDATE)) {
        broker.start();
        new Loop(session, producer, consumer, database.getXAResource(), update, decisions).run();
      } finally {
        database.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the loop by hand failed", e);
    }
  }

  private final class Loop {

    private final ActiveMQSession session;
    private final MessageProducer producer;
    private final ClientConsumer consumer;
    private final XAResource first;
    private final XAResource second;
    private final PreparedStatement update;
    private final @Nullable HandLog decisions;

    Loop(
        ActiveMQSession session,
        MessageProducer producer,
        ClientConsumer consumer,
        XAResource database,
        PreparedStatement update,
        @Nullable HandLog decisions) {
      this.session = session;
      this.producer = producer;
      this.consumer = consumer;
      this.first = session.getCoreSession();
      this.second = database;
      this.update = update;
      this.decisions = decisions;
    }

    void run() throws ActiveMQException, XAException, JMSException, SQLException, IOException {
      while (work.getCount() > 0) {
        ClientMessage message = consumer.receive(100);
        if (message != null) {
          handle(message);
          work.countDown();
        }
      }
    }

    private void handle(ClientMessage message)
        throws ActiveMQException, XAException, JMSException, SQLException, IOException {
      long number = HandXid.next();
      HandXid one = new HandXid(number, (byte) 1);
      HandXid two = new HandXid(number, (byte) 2);
      first.start(one, XAResource.TMNOFLAGS);
      message.individualAcknowledge();
      String text = text(message);
      second.start(two, XAResource.TMNOFLAGS);
      update.setInt(1, Servers.item(text));
      update.executeUpdate();
      producer.send(session.createTextMessage(text));
      first.end(one, XAResource.TMSUCCESS);
      second.end(two, XAResource.TMSUCCESS);
      first.prepare(one);
      second.prepare(two);
      if (decisions != null) {
        decisions.decided(number);
      }
      first.commit(one, false);
      second.commit(two, false);
    }

    private String text(ClientMessage message) throws ActiveMQException, JMSException {
      ActiveMQMessage received = ActiveMQMessage.createMessage(message, session.getCoreSession());
      received.doBeforeReceive();
      return ((ActiveMQTextMessage) received).getText();
    }
  }
}
