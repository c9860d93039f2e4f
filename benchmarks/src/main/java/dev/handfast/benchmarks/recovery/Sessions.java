package dev.handfast.benchmarks.recovery;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;
import org.postgresql.xa.PGXADataSource;

/** One XA session at each resource manager, without any pool. For use by one thread. */
final class Sessions implements AutoCloseable {

  private final javax.sql.XAConnection database;
  private final Connection rows;
  private final ActiveMQXAConnectionFactory factory;
  private final XAConnection broker;
  private final XASession session;
  private final MessageProducer producer;

  private Sessions(Place place) throws SQLException, JMSException {
    database = source(place).getXAConnection();
    rows = database.getConnection();
    factory = new ActiveMQXAConnectionFactory(place.broker());
    broker = factory.createXAConnection();
    session = broker.createXASession();
    producer = session.createProducer(session.createQueue(Place.QUEUE));
  }

  static Sessions open(Place place) throws SQLException, JMSException {
    return new Sessions(place);
  }

  private static PGXADataSource source(Place place) {
    PGXADataSource source = new PGXADataSource();
    source.setUrl(place.postgres());
    source.setUser(Place.USER);
    source.setPassword(Place.PASSWORD);
    return source;
  }

  XAResource database() throws SQLException {
    return database.getXAResource();
  }

  XAResource broker() {
    return session.getXAResource();
  }

  LostBranch database(Fate fate) throws SQLException {
    return new LostBranch(database(), Place.STOCK, false, fate == Fate.DONE_BY_POSTGRES);
  }

  LostBranch broker(Fate fate) {
    return new LostBranch(broker(), Place.EVENTS, fate == Fate.ORPHAN, fate == Fate.DONE_BY_BROKER);
  }

  void insert(int id) throws SQLException {
    try (PreparedStatement insert = rows.prepareStatement("INSERT INTO item VALUES (?)")) {
      insert.setInt(1, id);
      insert.executeUpdate();
    }
  }

  void send(int id) throws JMSException {
    producer.send(session.createTextMessage(Integer.toString(id)));
  }

  @Override
  public void close() throws SQLException, JMSException {
    broker.close();
    factory.close();
    database.close();
  }
}
