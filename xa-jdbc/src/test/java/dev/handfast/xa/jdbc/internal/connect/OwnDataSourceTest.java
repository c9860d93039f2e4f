package dev.handfast.xa.jdbc.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data source of the user's own, known and unknown. */
final class OwnDataSourceTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();

  @Test
  void commitsOverADataSourceOfNoKnownMake() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    var manager =
        JdbcResource.named("orders")
            .xaDataSource(() -> new Disguised(source(db)))
            .build()
            .open(transactions);
    assertThat(manager.preflight()).isEmpty();
    assertThat(manager.identity().product()).isEqualTo("H2");

    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    tx.commit();
    var lost = transactions.begin();
    H2Fixture.insert(manager.handle(), 2);
    lost.rollback();

    assertThat(db.items()).containsExactly(1);
    assertThat(manager.nativeForm(tx.branch().xid())).startsWith("4711:").contains(tx.gtrid());
    assertThat(manager.description().user()).isEmpty();
    manager.close();
  }

  @Test
  void knowsTheDialectOfAnH2DataSource() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    var manager =
        JdbcResource.named("orders").xaDataSource(() -> source(db)).build().open(transactions);

    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    tx.commit();

    assertThat(manager.nativeForm(tx.branch().xid())).startsWith("XID|4711|");
    assertThat(manager.description().url()).isEqualTo(db.url());
    manager.close();
  }

  private static JdbcDataSource source(H2Fixture db) {
    var source = new JdbcDataSource();
    source.setURL(db.url());
    source.setUser(H2Fixture.USER);
    source.setPassword(H2Fixture.PASSWORD);
    return source;
  }

  /** H2 that does not look like it. */
  private record Disguised(JdbcDataSource source) implements XADataSource {

    @Override
    public XAConnection getXAConnection() throws SQLException {
      return source.getXAConnection();
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
      return source.getXAConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() {
      return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) {
      source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) {
      source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
      return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
      return source.getParentLogger();
    }
  }
}
