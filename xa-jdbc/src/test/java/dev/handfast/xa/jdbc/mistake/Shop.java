package dev.handfast.xa.jdbc.mistake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.Body;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import jakarta.transaction.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;

/**
 * A runtime over the databases to which a mistake is made, one at a time, and another one that
 * takes part in the same transactions, {@code stock}.
 */
public final class Shop implements AutoCloseable {

  static final int POOL = 2;

  private static final int SPARE = 99;

  final Handfast handfast;
  private final Map<Place, DataSource> sources = new EnumMap<>(Place.class);
  private final DataSource stock;
  private final H2Fixture file;
  private final H2Fixture stockFile;
  private final PostgresFixture server;
  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private Place place = Place.H2;
  private boolean open = true;

  public Shop(Path directory, PostgresFixture server) throws Exception {
    this.server = server;
    this.file = H2Fixture.in(Files.createDirectory(directory.resolve("orders")));
    this.stockFile = H2Fixture.in(Files.createDirectory(directory.resolve("stock")));
    Map<Place, JdbcResource> orders =
        Map.of(
            Place.H2,
            resource(Place.H2.resource(), file.url(), H2Fixture.USER, H2Fixture.PASSWORD),
            Place.POSTGRES,
            resource(
                Place.POSTGRES.resource(),
                server.owner().url(),
                server.name(),
                PostgresFixture.PASSWORD));
    JdbcResource second = resource("stock", stockFile.url(), H2Fixture.USER, H2Fixture.PASSWORD);
    this.handfast =
        Handfast.builder()
            .nodeName("mistakes")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(orders.get(Place.H2), orders.get(Place.POSTGRES), second)
            .start();
    orders.forEach((where, resource) -> sources.put(where, handfast.resource(resource)));
    this.stock = handfast.resource(second);
  }

  private static JdbcResource resource(String name, String url, String user, String password) {
    return JdbcResource.named(name)
        .url(url)
        .username(user)
        .password(password)
        .maxSize(POOL)
        .acquisitionTimeout(Duration.ofMillis(500))
        .build();
  }

  /** Goes to a database, and takes away what an earlier mistake left. */
  public void goTo(Place next) throws SQLException {
    place = next;
    server.admin().execute("DELETE FROM item");
    file.run("DELETE FROM item");
    stockFile.run("DELETE FROM item");
  }

  Place place() {
    return place;
  }

  /** The database to which the mistake is made. */
  DataSource orders() {
    return sources.get(place);
  }

  void run(Body<Exception> body) throws Exception {
    handfast.run(body);
  }

  /** Inserts into the other database, by a connection of its own. */
  void stock(int id) throws SQLException {
    H2Fixture.insert(stock, id);
  }

  /** Inserts into both, without a mistake. */
  void insert(int id) throws SQLException {
    H2Fixture.insert(orders(), id);
    stock(id);
  }

  /** Inserts by a connection that the program holds. */
  static void insert(Connection connection, int id) throws SQLException {
    execute(connection, "INSERT INTO item VALUES (" + id + ")");
  }

  static void execute(Connection connection, String sql) throws SQLException {
    H2Fixture.execute(connection, sql);
  }

  /** Does what fails, and catches it. */
  static void swallow(ThrowingCallable failing) {
    assertThat(catchThrowable(failing)).isInstanceOf(Exception.class);
  }

  /** Answers what another thread answers. */
  <T> T onAnotherThread(Callable<T> work) throws Exception {
    return other.submit(work).get();
  }

  /** Answers what two threads answer that work at the same time. */
  Throwable[] both(Callable<Throwable> here, Callable<Throwable> there) throws Exception {
    Future<Throwable> answer = other.submit(there);
    return new Throwable[] {here.call(), answer.get()};
  }

  /** Until the transaction of the calling thread has timed out. */
  void awaitTimeout() {
    Awaitility.await()
        .pollInSameThread()
        .until(() -> handfast.transactionManager().getStatus() != Status.STATUS_ACTIVE);
  }

  /** The rows of the database to which the mistake was made, past Handfast. */
  public List<Integer> rows() throws SQLException {
    return place == Place.H2
        ? file.items()
        : server.items().stream().map(Integer::valueOf).toList();
  }

  public List<Integer> stockRows() throws SQLException {
    return stockFile.items();
  }

  /** Nothing is left over for the next: transactions commit, and each connection is there. */
  public void assertUsable() throws Exception {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      all.add(orders().getConnection());
    }
    for (Connection connection : all) {
      assertThat(connection.getAutoCommit()).as("autocommit of a lent connection").isTrue();
      connection.close();
    }
    run(() -> insert(SPARE));
    assertThat(rows()).contains(SPARE);
    assertThat(stockRows()).contains(SPARE);
    assertThat(handfast.recovery().status().active()).isZero();
  }

  public boolean isOpen() {
    return open;
  }

  void closeRuntime() {
    open = false;
    handfast.close();
  }

  @Override
  public void close() {
    other.shutdownNow();
    closeRuntime();
  }
}
