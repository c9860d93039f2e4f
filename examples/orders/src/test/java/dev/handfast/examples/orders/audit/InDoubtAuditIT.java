package dev.handfast.examples.orders.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Queue;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A branch that is prepared and not finished, wherever it is, turns the audit red. */
final class InDoubtAuditIT extends AuditFixture {

  private final Xid xid =
      new XidImpl("b".getBytes(StandardCharsets.UTF_8), 7, "g".getBytes(StandardCharsets.UTF_8));

  private ActiveMQXAConnectionFactory factory;
  private XAConnection connection;

  @AfterEach
  void leaveNothingInTheBroker() throws Exception {
    if (connection != null) {
      connection.close();
      try (XAConnection another = factory.createXAConnection();
          XASession session = another.createXASession()) {
        session.getXAResource().rollback(xid);
      }
      factory.close();
    }
  }

  @Test
  void inTheDatabaseOfTheOrders() throws Exception {
    prepareAndDie(orders, "UPDATE stock SET units = units - 1");

    AuditReport report = audit();

    assertThat(report.inDoubt()).isOne();
    assertThat(report.differences())
        .contains("branches in doubt: database of the orders 1, of the shipments 0, broker 0");
  }

  @Test
  void inTheDatabaseOfTheShipments() throws Exception {
    prepareAndDie(shipments, "UPDATE shipment SET total = 0");

    AuditReport report = audit();

    assertThat(report.inDoubt()).isOne();
    assertThat(report.differences())
        .contains("branches in doubt: database of the orders 0, of the shipments 1, broker 0");
  }

  @Test
  void aSendInTheBroker() throws Exception {
    inBranch(
        session ->
            session
                .createProducer(session.createQueue(queues.notifications()))
                .send(session.createTextMessage("x")));

    AuditReport report = audit();

    assertThat(report.inDoubt()).isOne();
    assertThat(report.differences())
        .containsExactly(
            "branches in doubt: database of the orders 0, of the shipments 0, broker 1");
  }

  @Test
  void aReceiptInTheBroker() throws Exception {
    inBroker(
        context ->
            context.createProducer().send(context.createQueue(queues.events()), "not to be seen"));
    inBranch(
        session -> {
          Queue events = session.createQueue(queues.events());
          assertThat(session.createConsumer(events).receive(10_000)).isNotNull();
        });

    AuditReport report = audit();

    assertThat(report.inDoubt()).isOne();
    assertThat(report.differences())
        .containsExactly(
            "events left by the broker's count: 1, seen: 0",
            "branches in doubt: database of the orders 0, of the shipments 0, broker 1");
  }

  /** To close the connection before it is dead would undo the vote. */
  private void prepareAndDie(String url, String sql) throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(url);
    javax.sql.XAConnection branch = database.getXAConnection();
    XAResource resource = branch.getXAResource();
    Statement work = branch.getConnection().createStatement();
    resource.start(xid, XAResource.TMNOFLAGS);
    assertThat(work.executeUpdate(sql)).isPositive();
    resource.end(xid, XAResource.TMSUCCESS);
    assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    }
  }

  /** Work in a session. */
  @FunctionalInterface
  private interface SessionWork {
    void accept(XASession session) throws Exception;
  }

  private void inBranch(SessionWork work) throws Exception {
    factory = new ActiveMQXAConnectionFactory(broker.plainUrl());
    connection = factory.createXAConnection();
    connection.start();
    XASession session = connection.createXASession();
    XAResource resource = session.getXAResource();
    resource.start(xid, XAResource.TMNOFLAGS);
    work.accept(session);
    resource.end(xid, XAResource.TMSUCCESS);
    assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
  }
}
