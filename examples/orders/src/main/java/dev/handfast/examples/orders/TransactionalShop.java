package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.RecoveryReport;
import jakarta.jms.JMSContext;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Rows and event of an invoice are one global transaction. */
final class TransactionalShop implements Shop {

  private final Handfast handfast;
  private final DataSource database;
  private final ArtemisConnections broker;

  private TransactionalShop(Handfast handfast, DataSource database, ArtemisConnections broker) {
    this.handfast = handfast;
    this.database = database;
    this.broker = broker;
  }

  /** Starts the runtime, which first resolves what an earlier run left in doubt. */
  static Shop open(ShopSettings settings) {
    var orders =
        JdbcResource.named("orders")
            .url(settings.databaseUrl())
            .maxSize(settings.threads() + 1)
            .build();
    var events =
        ArtemisResource.named("events")
            .url(settings.brokerUrl())
            .username(OrdersApplication.NODE)
            .build();
    Handfast handfast =
        Handfast.builder()
            .nodeName(OrdersApplication.NODE)
            .logStore(LogStore.file(settings.logStore()))
            .resources(orders, events)
            .start();
    return new TransactionalShop(handfast, handfast.resource(orders), handfast.resource(events));
  }

  @Override
  public DataSource database() {
    return database;
  }

  @Override
  public RecoveryReport recovery() {
    return handfast.recovery().status().startup();
  }

  @Override
  public void book(Invoice invoice) throws SQLException {
    handfast.run(
        () -> {
          try (Connection connection = database.getConnection();
              JMSContext context = broker.createContext()) {
            InvoiceRows.write(connection, invoice);
            InvoiceEvents.send(context, invoice);
          }
        });
  }

  @Override
  public void close() {
    handfast.close();
  }
}
