package dev.handfast.xa.jdbc.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.DerbyFixture;
import dev.handfast.xa.jdbc.fixture.DisguisedSource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data source of the user's own, known and unknown. */
final class OwnDataSourceTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();

  @Test
  void commitsOverADataSourceOfNoKnownMake() throws Exception {
    DerbyFixture db = DerbyFixture.in(directory);
    var manager = db.resource().open(transactions);
    assertThat(manager.preflight())
        .allMatch(finding -> finding.severity() == Finding.Severity.WARNING);
    assertThat(manager.identity().product()).isEqualTo("Apache Derby");

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
    db.shutDown();
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
    return DisguisedSource.undisguised(db);
  }
}
