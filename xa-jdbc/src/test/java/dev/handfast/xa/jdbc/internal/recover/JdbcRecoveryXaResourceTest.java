package dev.handfast.xa.jdbc.internal.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.XidKey;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.contract.TestXid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcRecoveryXaResourceTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();
  private H2Fixture db;
  private ResourceManager<DataSource> manager;
  private XAResource recovery;

  @BeforeEach
  void open() throws SQLException {
    db = H2Fixture.in(directory);
    manager = db.open(transactions);
    recovery = manager.recoveryResource();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void listsAndCommits() throws Exception {
    Xid xid = prepared(1).get(0);

    assertThat(keys(H2Fixture.list(recovery))).containsExactly(XidKey.of(xid));
    recovery.commit(H2Fixture.list(recovery)[0], false);

    assertThat(H2Fixture.list(recovery)).isEmpty();
    assertThat(db.items()).containsExactly(1);
  }

  @Test
  void listsOnlyAtTheStartOfAScan() throws Exception {
    prepared(1);

    assertThat(recovery.recover(XAResource.TMNOFLAGS)).isEmpty();
    assertThat(recovery.recover(XAResource.TMENDRSCAN)).isEmpty();
    assertThat(recovery.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)).hasSize(1);
  }

  @Test
  void rollsBackMoreThanOneBranchAfterOneScan() throws Exception {
    prepared(1, 2, 3);

    for (Xid xid : H2Fixture.list(recovery)) {
      recovery.rollback(xid);
    }

    assertThat(db.inDoubt()).isEmpty();
    assertThat(db.items()).isEmpty();
  }

  @Test
  void answersNotaForAnUnknownBranch() {
    Xid unknown = TestXid.of("unknown", 0);

    assertThat(codeOf(() -> recovery.commit(unknown, false))).isEqualTo(XAException.XAER_NOTA);
    assertThat(codeOf(() -> recovery.rollback(unknown))).isEqualTo(XAException.XAER_NOTA);
  }

  @Test
  void isNotStoppedByATransactionNamedByHand() throws Exception {
    Xid xid = prepared(1).get(0);
    try (Connection connection = db.connect()) {
      connection.setAutoCommit(false);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(2)");
      H2Fixture.execute(connection, "PREPARE COMMIT by_hand");

      assertThat(keys(H2Fixture.list(recovery))).containsExactly(XidKey.of(xid));
    }
  }

  @Test
  void carriesProbes() throws Exception {
    for (int i = 0; i < 3; i++) {
      Xid probe = TestXid.of("probe", i);
      recovery.start(probe, XAResource.TMNOFLAGS);
      recovery.end(probe, XAResource.TMSUCCESS);
      recovery.prepare(probe);
      recovery.rollback(probe);
    }
    assertThat(H2Fixture.list(recovery)).isEmpty();
  }

  @Test
  void asksForARetryWhereTheDatabaseCannotBeReached() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    var elsewhere = H2Fixture.unusable(other).open(transactions);
    XAResource unreachable = elsewhere.recoveryResource();
    Xid xid = TestXid.of("tx", 0);

    assertThat(codeOf(() -> unreachable.commit(xid, false))).isEqualTo(XAException.XA_RETRY);
    assertThat(codeOf(() -> unreachable.rollback(xid))).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(codeOf(() -> unreachable.start(xid, 0))).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(codeOf(() -> H2Fixture.list(unreachable))).isEqualTo(XAException.XAER_RMFAIL);
    elsewhere.close();
  }

  @Test
  void connectsAnewWhenTheDatabaseIsBack() throws Exception {
    Xid xid = prepared(1).get(0);
    assertThat(H2Fixture.list(recovery)).hasSize(1);
    db.run("SHUTDOWN IMMEDIATELY");

    assertThat(codeOf(() -> recovery.commit(xid, false))).isEqualTo(XAException.XA_RETRY);
    assertThat(keys(H2Fixture.list(recovery))).containsExactly(XidKey.of(xid));
    recovery.commit(xid, false);

    assertThat(db.items()).containsExactly(1);
  }

  @Test
  void leavesNoStaleResultInThePool() throws Exception {
    Xid xid = prepared(1).get(0);
    try (Connection reader = manager.handle().getConnection()) {
      assertThat(H2Fixture.items(reader)).isEmpty();
    }

    recovery.commit(xid, false);

    org.awaitility.Awaitility.await()
        .untilAsserted(
            () -> {
              try (Connection reader = manager.handle().getConnection()) {
                assertThat(H2Fixture.items(reader)).containsExactly(1);
              }
            });
  }

  @Test
  void worksWithCredentialsOfItsOwn() throws Exception {
    db.run("CREATE USER rescue PASSWORD 'r3scue' ADMIN");
    var other = db.open(transactions, builder -> builder.recovery("rescue", "r3scue"));
    prepared(1);

    H2Fixture.list(other.recoveryResource());

    try (Connection connection = db.connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE USER_NAME='RESCUE'")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(1);
    }
    other.close();
  }

  /** Branches that were prepared when the database was last cut off. */
  private List<Xid> prepared(int... ids) throws Exception {
    var source = new JdbcDataSource();
    source.setURL(db.url());
    var xids = new ArrayList<Xid>();
    for (int id : ids) {
      XAConnection other = source.getXAConnection(H2Fixture.USER, H2Fixture.PASSWORD);
      Xid xid = TestXid.of("other", id);
      Connection connection = other.getConnection();
      other.getXAResource().start(xid, XAResource.TMNOFLAGS);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(" + id + ")");
      other.getXAResource().end(xid, XAResource.TMSUCCESS);
      other.getXAResource().prepare(xid);
      xids.add(xid);
    }
    db.run("SHUTDOWN IMMEDIATELY");
    return xids;
  }

  private static List<XidKey> keys(Xid[] xids) {
    return Stream.of(xids).map(XidKey::of).toList();
  }

  private static int codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    var code = new int[1];
    assertThatThrownBy(call).isInstanceOfSatisfying(XAException.class, e -> code[0] = e.errorCode);
    return code[0];
  }
}
