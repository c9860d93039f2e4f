package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.xa.recovery.RecoveryReport;
import jakarta.jms.JMSContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * For comparison: a local commit of the rows, and then a send of the event, which is repeated while
 * the broker is away.
 */
final class LocalShop implements Shop {

  private final JdbcConnectionPool database;
  private final ActiveMQConnectionFactory broker;

  private LocalShop(JdbcConnectionPool database, ActiveMQConnectionFactory broker) {
    this.database = database;
    this.broker = broker;
  }

  static Shop open(ShopSettings settings) {
    JdbcConnectionPool database = JdbcConnectionPool.create(settings.databaseUrl(), "", "");
    database.setMaxConnections(settings.threads() + 1);
    return new LocalShop(
        database,
        new ActiveMQConnectionFactory(
            settings.brokerUrl() + "?useEpoll=false&callTimeout=5000", OrdersApplication.NODE, ""));
  }

  @Override
  public DataSource database() {
    return database;
  }

  @Override
  public RecoveryReport recovery() {
    return new RecoveryReport(0, 0, 0, List.of(), Duration.ZERO);
  }

  @Override
  public void book(Invoice invoice) throws SQLException, InterruptedException {
    writeAndCommit(invoice);
    Retry.PATIENT.run(() -> send(invoice));
  }

  @Override
  public void close() {
    broker.close();
    database.dispose();
  }

  private void send(Invoice invoice) {
    try (JMSContext context = broker.createContext()) {
      InvoiceEvents.send(context, invoice);
    }
  }

  private void writeAndCommit(Invoice invoice) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        InvoiceRows.write(connection, invoice);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }
}
