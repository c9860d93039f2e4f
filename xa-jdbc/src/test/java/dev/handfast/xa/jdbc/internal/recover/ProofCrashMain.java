package dev.handfast.xa.jdbc.internal.recover;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.DerbyFixture;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.XADataSource;

/** A node whose process ends when its data source is asked for the second connection of work. */
final class ProofCrashMain {

  static final int EXIT = 9;

  private ProofCrashMain() {}

  /** Starts a node, which has to show what its database does with a vote. */
  static Handfast start(Path directory, JdbcResource orders) {
    return Handfast.builder()
        .nodeName("proof")
        .logStore(LogStore.file(directory.resolve("log")))
        .resources(orders)
        .start();
  }

  /**
   * @param args the directory
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    DerbyFixture db = DerbyFixture.in(directory);
    AtomicBoolean voted = new AtomicBoolean();
    start(
        directory,
        JdbcResource.named("orders").xaDataSource(() -> halting(db.source(), voted)).build());
  }

  /** The process ends once a branch has voted and its connection is closed. */
  private static XADataSource halting(XADataSource source, AtomicBoolean voted) {
    return Intercepted.of(
        XADataSource.class,
        source,
        (method, result) -> {
          if (method.equals("prepare") && Integer.valueOf(0).equals(result)) {
            voted.set(true);
          }
          if (method.equals("close") && voted.get()) {
            Runtime.getRuntime().halt(EXIT);
          }
        });
  }
}
