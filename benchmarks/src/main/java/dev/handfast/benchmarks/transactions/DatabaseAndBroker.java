package dev.handfast.benchmarks.transactions;

import dev.handfast.benchmarks.processes.Servers;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.spi.Resource;
import jakarta.jms.JMSContext;
import javax.sql.DataSource;

/** Updates a row in PostgreSQL and sends a message to Artemis. */
final class DatabaseAndBroker implements MeasuredApplication {

  private final JdbcResource orders;
  private final ArtemisResource events;

  DatabaseAndBroker(Round round) {
    orders =
        JdbcResource.named("orders")
            .url(round.database())
            .username(Servers.USER)
            .password(Servers.PASSWORD)
            .build();
    events = ArtemisResource.named("events").url(round.broker()).build();
  }

  @Override
  public Resource<?>[] resources() {
    return new Resource<?>[] {orders, events};
  }

  @Override
  public Transaction on(Handfast handfast) {
    DataSource database = handfast.resource(orders);
    ArtemisConnections broker = handfast.resource(events);
    return number ->
        handfast.run(
            () -> {
              Stock.update(database, number);
              try (JMSContext context = broker.createContext()) {
                context
                    .createProducer()
                    .send(context.createQueue(Servers.OUT), Integer.toString(number));
              }
            });
  }
}
