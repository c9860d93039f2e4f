package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.jdbc.fixture.DerbyFixture;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.testkit.contract.ResourceManagerContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database of no known make: Apache Derby in this process, which ends and comes back. */
final class DerbyContractTest extends ResourceManagerContract<DataSource> {

  @TempDir private static Path directory;
  private static DerbyFixture db;

  @BeforeAll
  static void create() throws SQLException {
    db = DerbyFixture.in(directory);
  }

  @AfterAll
  static void shutDown() throws SQLException {
    db.shutDown();
  }

  @Override
  @BeforeEach
  protected void openAdapter() {
    try {
      db.run("DELETE FROM item");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    super.openAdapter();
  }

  @Override
  protected Resource<DataSource> resource() {
    return db.resource();
  }

  @Override
  protected void work(DataSource handle, int id) throws SQLException {
    H2Fixture.insert(handle, id);
  }

  @Override
  protected List<Integer> done() throws SQLException {
    return db.items();
  }

  @Override
  protected void crashAndComeBack() throws SQLException {
    db.shutDown();
  }
}
