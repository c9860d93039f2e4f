package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.XidKey;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.contract.TestXid;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresRecoveryTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();
  private final PostgresFixture pg = PostgresFixture.fresh();
  private ResourceManager<DataSource> manager;
  private XAResource recovery;

  @AfterEach
  void close() {
    manager.close();
  }

  private void open(PostgresFixture where, UnaryOperator<JdbcResource.Builder> more) {
    manager = where.open(transactions, more);
    recovery = manager.recoveryResource();
  }

  private void open() {
    open(pg, builder -> builder);
  }

  private void openAs(String role) {
    open(pg, builder -> builder.recovery(role, PostgresFixture.PASSWORD));
  }

  @Test
  void commitsAndRollsBack() throws Exception {
    open();
    Xid first = pg.prepared(1);
    Xid second = pg.prepared(2);

    assertThat(listed()).containsExactlyInAnyOrder(XidKey.of(first), XidKey.of(second));
    recovery.commit(H2Fixture.list(recovery)[0], false);
    recovery.rollback(H2Fixture.list(recovery)[0]);

    assertThat(listed()).isEmpty();
    assertThat(pg.items()).hasSize(1);
  }

  @Test
  void tellsWhenAndByWhomABranchWasPrepared() throws Exception {
    open();
    Instant before = Instant.now().minusSeconds(1);
    Xid xid = pg.prepared(1);

    BranchDetail detail = manager.details().get(XidKey.of(xid));

    assertThat(detail.owner()).isEqualTo(pg.name());
    assertThat(detail.since()).isBetween(before, Instant.now().plusSeconds(1));
    recovery.rollback(xid);
    assertThat(manager.details()).isEmpty();
  }

  @Test
  void answersNotaForWhatTheServerDoesNotHave() {
    open();
    Xid unknown = TestXid.of("unknown", 0);

    assertThat(codeOf(() -> recovery.commit(unknown, false))).isEqualTo(XAException.XAER_NOTA);
    assertThat(codeOf(() -> recovery.rollback(unknown))).isEqualTo(XAException.XAER_NOTA);
  }

  /** The driver's own list is empty here, and says nothing. */
  @Test
  void listsWhatItMayNotFinishAndNeverTakesItForFinished() throws Exception {
    openAs(pg.role("_stranger"));
    Xid xid = pg.prepared(1);

    assertThat(listed()).containsExactly(XidKey.of(xid));
    XAException refusal =
        catchThrowableOfType(XAException.class, () -> recovery.commit(xid, false));
    assertThat(refusal.errorCode).isEqualTo(XAException.XAER_RMERR);
    assertThat(refusal).hasMessageContaining("permission denied").hasMessageContaining(pg.name());
    assertThat(codeOf(() -> recovery.rollback(xid))).isEqualTo(XAException.XAER_RMERR);
    assertThat(listed()).containsExactly(XidKey.of(xid));
  }

  @Test
  void finishesInTheRoleOfTheOwnerUntilThatIsRevoked() throws Exception {
    String rescuer = pg.role("_rescuer");
    pg.admin().execute("GRANT " + pg.name() + " TO " + rescuer);
    openAs(rescuer);
    Xid first = pg.prepared(1);
    Xid second = pg.prepared(2);

    recovery.commit(first, false);
    pg.admin().execute("REVOKE " + pg.name() + " FROM " + rescuer);
    manager.close();
    openAs(rescuer);

    assertThat(codeOf(() -> recovery.commit(second, false))).isEqualTo(XAException.XAER_RMERR);
    assertThat(listed()).containsExactly(XidKey.of(second));
    assertThat(pg.items()).containsExactly("1");
  }

  @Test
  void finishesBranchesOfSeveralOwners() throws Exception {
    String rescuer = pg.role("_rescuer");
    String other = pg.role("_other");
    pg.admin().execute("GRANT " + pg.name() + ", " + other + " TO " + rescuer);
    pg.owner().execute("GRANT INSERT ON item TO PUBLIC");
    openAs(rescuer);
    Xid first = pg.prepared(1);
    PostgresDatabase asOther = pg.owner().as(other, PostgresFixture.PASSWORD);
    Xid second = PostgresFixture.prepared(asOther, other, 2);
    Xid third = pg.prepared(3);

    recovery.commit(first, false);
    recovery.commit(second, false);
    recovery.commit(third, false);

    assertThat(pg.items()).containsExactly("1", "2", "3");
  }

  @Test
  void leavesOtherDatabasesAlone() throws Exception {
    open();
    PostgresFixture other = PostgresFixture.fresh();
    Xid elsewhere = other.prepared(1);
    pg.admin().execute("GRANT " + other.name() + " TO " + pg.name());

    assertThat(listed()).isEmpty();
    assertThat(codeOf(() -> recovery.commit(elsewhere, false)))
        .as("it is there, though not here")
        .isEqualTo(XAException.XAER_RMERR);
    assertThat(other.admin().preparedBranches()).hasSize(1);
    other.admin().execute("ROLLBACK PREPARED '" + manager.nativeForm(elsewhere) + "'");
  }

  @Test
  void isNotStoppedByATransactionNamedByHand() throws Exception {
    open();
    for (String name : List.of("by hand", "1_2_3", "x_eA==_eA==", "1_eA=_eA==")) {
      try (var connection = pg.owner().connect()) {
        H2Fixture.execute(connection, "BEGIN");
        H2Fixture.execute(connection, "INSERT INTO item VALUES(" + name.hashCode() + ")");
        H2Fixture.execute(connection, "PREPARE TRANSACTION '" + name + "'");
      }
    }
    Xid xid = pg.prepared(1);

    assertThat(listed()).containsExactly(XidKey.of(xid));
    recovery.commit(xid, false);
    for (String gid : pg.admin().preparedBranches()) {
      pg.admin().execute("ROLLBACK PREPARED '" + gid + "'");
    }
  }

  @Test
  void carriesProbes() throws Exception {
    open();
    for (int i = 0; i < 3; i++) {
      Xid probe = TestXid.of("probe", i);
      recovery.start(probe, XAResource.TMNOFLAGS);
      recovery.end(probe, XAResource.TMSUCCESS);
      assertThat(recovery.prepare(probe)).isEqualTo(XAResource.XA_OK);
      assertThat(pg.admin().preparedBranches()).hasSize(1);
      recovery.rollback(probe);
    }
    assertThat(listed()).isEmpty();
  }

  @Test
  void asksForARetryWhileTheServerIsAwayAndFinishesWhenItIsBack() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory.resolve("pg"))) {
      PostgresFixture own = PostgresFixture.fresh(server);
      open(own, builder -> builder);
      Xid xid = own.prepared(1);
      assertThat(listed()).hasSize(1);
      server.kill();

      for (int i = 0; i < 2; i++) {
        assertThat(codeOf(() -> recovery.commit(xid, false))).isEqualTo(XAException.XA_RETRY);
        assertThat(codeOf(() -> recovery.rollback(xid))).isEqualTo(XAException.XAER_RMFAIL);
        assertThat(codeOf(this::listed)).isEqualTo(XAException.XAER_RMFAIL);
      }
      server.restart();
      recovery.commit(xid, false);

      assertThat(own.items()).containsExactly("1");
    }
  }

  @Test
  void doesNotWaitForAServerThatHangs() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory.resolve("pg"))) {
      PostgresFixture own = PostgresFixture.fresh(server);
      transactions.setRecoveryCallTimeout(Duration.ofSeconds(1));
      open(own, builder -> builder);
      Xid xid = own.prepared(1);
      assertThat(listed()).hasSize(1);
      server.pause();

      long start = System.nanoTime();
      assertThat(codeOf(() -> recovery.commit(xid, false))).isEqualTo(XAException.XA_RETRY);
      assertThat(codeOf(this::listed)).isEqualTo(XAException.XAER_RMFAIL);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      server.resume();
    }
  }

  private List<XidKey> listed() throws XAException {
    return Stream.of(H2Fixture.list(recovery)).map(XidKey::of).toList();
  }

  private static int codeOf(ThrowingCallable call) {
    XAException refusal = catchThrowableOfType(XAException.class, call);
    assertThat(refusal).isNotNull();
    return refusal.errorCode;
  }
}
