package dev.handfast.xa.jdbc;

import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.xa.PGXADataSource;

/**
 * A database of one test's own, with a role that owns it, on a server that all tests of this JVM
 * share. The server ends with the JVM.
 */
record Pg(PostgresServer server, String name) {

  static final String PASSWORD = "Tr0ub4dor";

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static final class Shared {
    static final PostgresServer SERVER = start();

    private static PostgresServer start() {
      try {
        Path directory = Files.createTempDirectory(Path.of("target"), "postgres");
        PostgresServer server = PostgresServer.start(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Pg fresh() {
    return fresh(Shared.SERVER);
  }

  static Pg fresh(PostgresServer server) {
    Pg pg = new Pg(server, "shop" + NUMBERS.incrementAndGet());
    server.createRole(pg.name, PASSWORD);
    server.createDatabase(pg.name, pg.name);
    pg.owner().execute("CREATE TABLE item(id INT PRIMARY KEY)");
    return pg;
  }

  /** The database as its owner, who is the working user. */
  PostgresDatabase owner() {
    return server.database(name).as(name, PASSWORD);
  }

  /** The database as the superuser. */
  PostgresDatabase admin() {
    return server.database(name);
  }

  /** Another role, without any right. */
  String role(String suffix) {
    String role = name + suffix;
    server.createRole(role, PASSWORD);
    return role;
  }

  JdbcResource resource(UnaryOperator<JdbcResource.Builder> more) {
    return more.apply(
            JdbcResource.named("orders").url(owner().url()).username(name).password(PASSWORD))
        .build();
  }

  ResourceManager<DataSource> open(
      HandDriven transactions, UnaryOperator<JdbcResource.Builder> more) {
    return resource(more).open(transactions);
  }

  /** A branch prepared by a client that is gone. */
  Xid prepared(int id) throws Exception {
    return prepared(owner(), new HandDriven.TestXid(name, id));
  }

  static Xid prepared(PostgresDatabase as, HandDriven.TestXid xid) throws Exception {
    var source = new PGXADataSource();
    source.setUrl(as.url());
    XAConnection client = source.getXAConnection(as.user(), as.password());
    client.getXAResource().start(xid, XAResource.TMNOFLAGS);
    Db.execute(client.getConnection(), "INSERT INTO item VALUES(" + xid.branch() + ")");
    client.getXAResource().end(xid, XAResource.TMSUCCESS);
    client.getXAResource().prepare(xid);
    client.close();
    return xid;
  }

  List<String> items() {
    return admin().column("SELECT id FROM item ORDER BY id");
  }
}
