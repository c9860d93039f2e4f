package dev.handfast.benchmarks.transactions;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.testkit.database.H2Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Updates a row in each of two H2 databases, which lie in files of their own. */
final class TwoDatabases implements MeasuredApplication {

  private static final List<String> NAMES = List.of("orders", "stock");

  private static final String SUM = "SELECT sum(pieces) FROM stock";

  private final JdbcResource first;
  private final JdbcResource second;

  TwoDatabases(Round round) {
    first = resource(round.directory(), NAMES.get(0));
    second = resource(round.directory(), NAMES.get(1));
  }

  private static JdbcResource resource(Path directory, String name) {
    return JdbcResource.named(name).url(url(directory, name)).build();
  }

  private static String url(Path directory, String name) {
    return "jdbc:h2:file:" + directory.resolve(name) + ";WRITE_DELAY=0";
  }

  @Override
  public Resource<?>[] resources() {
    return new Resource<?>[] {first, second};
  }

  @Override
  public Transaction on(Handfast handfast) throws SQLException {
    DataSource left = handfast.resource(first);
    DataSource right = handfast.resource(second);
    create(left);
    create(right);
    return number ->
        handfast.run(
            () -> {
              Stock.update(left, number);
              Stock.update(right, number);
            });
  }

  private static void create(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE stock (item INT PRIMARY KEY, pieces INT NOT NULL)");
      statement.execute("INSERT INTO stock SELECT x, 0 FROM system_range(0, 999)");
    }
  }

  /** Fails unless each database was updated that often. */
  static void requireDone(Path directory, int transactions) {
    for (String name : NAMES) {
      List<String> sum = new H2Database(url(directory, name)).column(SUM);
      if (!sum.equals(List.of(Integer.toString(transactions)))) {
        throw new IllegalStateException(
            transactions + " transactions, but " + name + " was updated " + sum);
      }
    }
  }
}
