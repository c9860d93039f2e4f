package dev.handfast.xa.jdbc.internal.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.DerbyFixture;
import dev.handfast.xa.jdbc.fixture.DisguisedSource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.internal.connect.ConnectionSources;
import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.jdbc.internal.settings.DatabaseCredentials;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.testkit.contract.FaultyXaResource;
import dev.handfast.xa.testkit.contract.FaultyXaResource.Fault;
import dev.handfast.xa.testkit.contract.FaultyXaResource.XaMethod;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.contract.TestXid;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.hsqldb.jdbc.pool.JDBCXADataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a data source without a dialect has to show before the first transaction. */
final class DataSourceProofTest {

  @TempDir private static Path derbyDirectory;
  private static DerbyFixture db;

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions(Duration.ofSeconds(2));

  @BeforeAll
  static void create() throws SQLException {
    db = DerbyFixture.in(derbyDirectory);
  }

  @AfterAll
  static void shutDown() throws SQLException {
    db.shutDown();
  }

  @AfterEach
  void nothingOfDerbyIsInDoubt() throws Exception {
    assertThat(db.inDoubt()).isEmpty();
    assertThat(db.tables()).containsExactly("ITEM");
  }

  private static JdbcSettings settings(Supplier<XADataSource> source) {
    return new JdbcSettings(
        "orders",
        null,
        source,
        new DatabaseCredentials(null, null),
        null,
        0,
        JdbcSettings.DEFAULT_MAX_SIZE,
        JdbcSettings.DEFAULT_ACQUISITION_TIMEOUT,
        true,
        false);
  }

  private Optional<Finding> proof(Supplier<XADataSource> source) throws SQLException {
    return proof(source, recovery -> recovery);
  }

  private Optional<Finding> proof(Supplier<XADataSource> source, UnaryOperator<XAResource> liar)
      throws SQLException {
    JdbcSettings settings = settings(source);
    ConnectionSources sources = ConnectionSources.of(settings, transactions);
    var recovery =
        new DatabaseRecoveryConnection(
            "orders", sources.recovery(), sources.dialect(), transactions.recoveryCallTimeout());
    try {
      return new DataSourceProof(
              "org.example.Source",
              sources.working(),
              sources.dialect(),
              transactions.probes(),
              transactions.recoveryCallTimeout())
          .run(liar.apply(recovery.get().xa()));
    } finally {
      recovery.close();
    }
  }

  private static void assertFailed(Optional<Finding> finding, String... seen) {
    assertThat(finding)
        .get()
        .satisfies(
            failed -> {
              assertThat(failed.severity()).isEqualTo(Finding.Severity.ERROR);
              assertThat(failed.toString())
                  .contains("org.example.Source failed the proof", "To solve this, ")
                  .contains(seen);
            });
  }

  private JDBCXADataSource hsqldb() {
    try {
      var source = new JDBCXADataSource();
      source.setUrl("jdbc:hsqldb:file:" + directory.resolve("hsqldb") + ";shutdown=true");
      source.setUser("SA");
      source.setPassword("");
      return source;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void derbyPassesAndNothingStays() throws Exception {
    assertThat(proof(db::source)).isEmpty();
    assertThat(proof(db::source)).isEmpty();
  }

  @Test
  void aTableThatTheUserGaveStaysEmpty() throws Exception {
    db.run("CREATE TABLE handfast_probe (id INTEGER PRIMARY KEY)");
    try {
      assertThat(proof(db::source)).isEmpty();
      db.run("INSERT INTO handfast_probe VALUES (0)");
    } finally {
      db.run("DROP TABLE handfast_probe");
    }
  }

  /** A process was killed in the middle of a proof, and its branch holds locks. */
  @Test
  void whatAnEarlierProofLeftIsRolledBackFirst() throws Exception {
    leavePrepared(transactions.probes().next());
    assertThat(db.inDoubt()).hasSize(1);

    assertThat(proof(db::source)).isEmpty();
  }

  @Test
  void whatAnotherNodeProvesIsLeftAlone() throws Exception {
    leavePrepared(TestXid.usual());

    assertThat(proof(db::source)).isEmpty();

    assertThat(db.inDoubt()).hasSize(1);
    XAConnection connection = db.source().getXAConnection();
    connection.getXAResource().rollback(db.inDoubt().get(0));
    connection.close();
  }

  private static void leavePrepared(Xid xid) throws Exception {
    XAConnection connection = db.source().getXAConnection();
    XAResource branch = connection.getXAResource();
    branch.start(xid, XAResource.TMNOFLAGS);
    H2Fixture.execute(connection.getConnection(), "CREATE TABLE handfast_probe_1 (id INTEGER)");
    branch.end(xid, XAResource.TMSUCCESS);
    assertThat(branch.prepare(xid)).isEqualTo(XAResource.XA_OK);
    connection.close();
  }

  @Test
  void hsqldbIsRefusedByName() {
    JdbcResource orders = JdbcResource.named("orders").xaDataSource(this::hsqldb).build();

    assertThatThrownBy(
            () ->
                Handfast.builder()
                    .nodeName("proof")
                    .logStore(LogStore.file(directory.resolve("log")))
                    .resources(orders)
                    .start())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "Resource 'orders' cannot be used",
            "HSQL Database Engine",
            JDBCXADataSource.class.getName(),
            "To solve this, ");
  }

  /** Its votes are kept by its data source and not by its database. */
  @Test
  void hsqldbIsRefusedByWhatItDoes() throws Exception {
    assertFailed(proof(this::hsqldb), "is not listed once its connection is closed");
  }

  @Test
  void hsqldbIsRefusedByItsAnswersToo() throws Exception {
    JDBCXADataSource one = hsqldb();

    assertFailed(proof(() -> one), "XAER_RMERR to the commit of a branch that never was");
  }

  @Test
  void aDatabaseThatLosesVotesAtACloseIsRefused() throws Exception {
    H2Fixture db = H2Fixture.in(directory);

    assertFailed(
        proof(() -> new DisguisedSource(db)), "is not listed once its connection is closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit", "rollback"})
  void whoAnswersOkForABranchThatNeverWasIsRefused(String order) throws Exception {
    assertFailed(
        proof(db::source, recovery -> new Yes(recovery, order)),
        "OK to the " + order + " of a branch that never was");
  }

  /** Answers OK to a branch that it does not know. */
  private static final class Yes extends ForwardingXaResource {

    private final XAResource real;
    private final String order;

    private Yes(XAResource real, String order) {
      this.real = real;
      this.order = order;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
      yes("commit", asked -> asked.commit(xid, onePhase));
    }

    @Override
    public void rollback(Xid xid) throws XAException {
      yes("rollback", asked -> asked.rollback(xid));
    }

    private void yes(String called, XaCall.Order call) throws XAException {
      try {
        call.give(real);
      } catch (XAException e) {
        if (!called.equals(order)) {
          throw e;
        }
      }
    }

    @Override
    protected <T> T ask(XaCall.Question<T> call) throws XAException {
      return call.ask(real);
    }
  }

  @Test
  void whoEndsNoBranchOverAnotherConnectionIsRefused() throws Exception {
    assertFailed(
        proof(
            db::source,
            recovery -> {
              var busy = new FaultyXaResource(recovery);
              busy.next(XaMethod.ROLLBACK, Fault.answer(XAException.XAER_PROTO));
              return busy;
            }),
        "answers XAER_PROTO to its rollback over another connection");
    assertThat(proof(db::source)).as("and the next one cleans up").isEmpty();
  }

  /** As MariaDB does until it has noticed that the connection is closed. */
  @Test
  void notaIsNoAnswerWhileTheBranchIsListed() throws Exception {
    assertThat(
            proof(
                db::source,
                recovery -> {
                  var late = new FaultyXaResource(recovery);
                  late.next(XaMethod.ROLLBACK, Fault.answer(XAException.XAER_NOTA));
                  late.next(XaMethod.ROLLBACK, Fault.answer(XAException.XAER_NOTA));
                  return late;
                }))
        .isEmpty();
  }

  @Test
  void aDatabaseThatIsLostMeanwhileFailsNoProof() throws Exception {
    assertThatThrownBy(
            () ->
                proof(
                    db::source,
                    recovery -> {
                      var lost = new FaultyXaResource(recovery);
                      lost.next(XaMethod.RECOVER, Fault.answer(XAException.XAER_RMFAIL));
                      return lost;
                    }))
        .isInstanceOf(SQLException.class);
  }
}
