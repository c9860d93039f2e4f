package dev.handfast.xa.it.library;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.crash.CrashChild;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A program that works on PostgreSQL through one library and is killed. It is told the id of a
 * transaction: a row of the id, in a nested {@code run} one of minus the id, and a message.
 */
final class LibraryMain {

  private LibraryMain() {}

  public static void main(String[] arguments) throws Exception {
    CrashChild child = CrashChild.attach();
    Library library = Library.valueOf(arguments[0]);
    String name = arguments[4];
    JdbcResource stock =
        JdbcResource.named("stock")
            .url(arguments[3])
            .username(name)
            .password(name)
            .maxSize(3)
            .build();
    ArtemisResource events =
        ArtemisResource.named("events")
            .url(arguments[2])
            .callTimeout(Duration.ofSeconds(5))
            .build();
    Handfast handfast =
        Handfast.builder()
            .nodeName(name)
            .logStore(LogStore.file(Path.of(arguments[1])))
            .resources(stock, events)
            .recoveryPeriod(Duration.ofMinutes(10))
            .start();
    DataSource database = handfast.resource(stock);
    library.makeTable(database);
    child.answer("started " + handfast.recovery().status().startup().unresolved());
    while (true) {
      int id = Integer.parseInt(child.next());
      handfast.run(
          () -> {
            library.insert(database, id);
            handfast.run(() -> library.insert(database, -id));
            try (JMSContext context = handfast.resource(events).createContext()) {
              context.createProducer().send(context.createQueue(name), Integer.toString(id));
            }
          });
      child.answer("committed");
    }
  }
}
