package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.testkit.contract.ResourceManagerContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** H2 in this process; its crash is that of its engine alone. */
final class H2ContractTest extends ResourceManagerContract<DataSource> {

  @TempDir private Path directory;
  private H2Fixture db;

  @Override
  @BeforeEach
  protected void openAdapter() {
    try {
      db = H2Fixture.in(directory);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    super.openAdapter();
  }

  @Override
  protected Resource<DataSource> resource() {
    return db.resource(builder -> builder);
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
    db.run("SHUTDOWN IMMEDIATELY");
  }
}
