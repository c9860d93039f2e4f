package dev.handfast.xa.jdbc.internal.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.fixture.DerbyFixture;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of which nothing is known, with Apache Derby. */
final class GenericDialectTest {

  @TempDir private static Path directory;
  private static DerbyFixture db;

  private final ManualTransactions transactions = new ManualTransactions();
  private final ResourceManager<DataSource> manager = db.resource().open(transactions);

  @BeforeAll
  static void create() throws Exception {
    db = DerbyFixture.in(directory);
  }

  @AfterAll
  static void shutDown() throws Exception {
    db.shutDown();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void saysAtStartWhatItCannotNotice() throws Exception {
    assertThat(manager.preflight())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.toString())
                  .contains("Apache Derby", "victim of a deadlock", "end the body");
            });
  }

  @Test
  void refusesWhatWouldEndABranch() throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
      assertThatThrownBy(() -> H2Fixture.execute(connection, "/* x */ ROLLBACK"))
          .hasMessageContaining("'ROLLBACK' is refused inside global transaction");
    }
    tx.commit();

    assertThat(db.items()).containsExactly(1);
  }
}
