package dev.handfast.xa.jdbc;

import dev.handfast.xa.jdbc.internal.branch.Enlistment;
import dev.handfast.xa.jdbc.internal.branch.Health;
import dev.handfast.xa.jdbc.internal.branch.VotedBranches;
import dev.handfast.xa.jdbc.internal.connect.ConnectionSources;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.pool.AgroalPool;
import dev.handfast.xa.jdbc.internal.pool.OpenConnections;
import dev.handfast.xa.jdbc.internal.pool.PooledDataSource;
import dev.handfast.xa.jdbc.internal.recover.DatabaseRecoveryConnection;
import dev.handfast.xa.jdbc.internal.recover.JdbcPreflight;
import dev.handfast.xa.jdbc.internal.recover.JdbcRecoveryXaResource;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceDescription;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.spi.XidKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Holds all that an opened database needs: its pool, its enlistment, its recovery and its
 * preflight.
 */
final class JdbcResourceManager implements ResourceManager<DataSource> {

  private final JdbcSettings settings;
  private final Dialect dialect;
  private final JdbcPreflight preflight;
  private final VotedBranches voted;
  private final Health health;
  private final OpenConnections connections;
  private final PooledDataSource handle;
  private final DatabaseRecoveryConnection recoveryConnection;
  private final JdbcRecoveryXaResource recovery;

  private JdbcResourceManager(
      JdbcSettings settings, ConnectionSources sources, ResourceContext context) {
    this.settings = settings;
    this.dialect = sources.dialect();
    this.voted = new VotedBranches();
    this.health = new Health(settings.name());
    this.connections =
        new OpenConnections(
            sources.working(), dialect, context.recoveryCallTimeout(), voted, health);
    var enlistment = new Enlistment(settings.name(), context);
    AgroalPool pool = AgroalPool.open(settings, dialect, connections, enlistment, health);
    this.handle = new PooledDataSource(settings, pool, enlistment, connections, voted);
    this.recoveryConnection =
        new DatabaseRecoveryConnection(
            settings.name(), sources.recovery(), dialect, context.recoveryCallTimeout());
    this.preflight = new JdbcPreflight(settings, sources, recoveryConnection, context);
    Runnable committed = dialect.staleAfterRecovery() ? pool::renew : () -> {};
    this.recovery = new JdbcRecoveryXaResource(recoveryConnection, dialect, voted, committed);
  }

  static JdbcResourceManager open(JdbcSettings settings, ResourceContext context) {
    return new JdbcResourceManager(settings, ConnectionSources.of(settings, context), context);
  }

  @Override
  public DataSource handle() {
    return handle;
  }

  @Override
  public XAResource recoveryResource() {
    return recovery;
  }

  @Override
  public RmIdentity identity() throws ResourceUnavailableException {
    return preflight.identity();
  }

  @Override
  public List<Finding> preflight() throws ResourceUnavailableException {
    return preflight.run();
  }

  @Override
  public Map<XidKey, BranchDetail> details() throws ResourceUnavailableException {
    return preflight.details();
  }

  @Override
  public boolean requiredAtStart() {
    return settings.requiredAtStart();
  }

  @Override
  public boolean losesVotesOnClose() {
    return dialect.closingLosesVotes();
  }

  @Override
  public ResourceDescription description() {
    return new ResourceDescription(
        settings.name(), JdbcSettings.KIND, dialect.shownUrl(), settings.working().shownUser());
  }

  @Override
  public String nativeForm(Xid xid) {
    return dialect.nativeForm(xid);
  }

  @Override
  public String nativeCommand(Xid xid, boolean commit) {
    return dialect.nativeCommand(xid, commit);
  }

  @Override
  public Optional<String> trouble() {
    return health.trouble();
  }

  /**
   * Closes pool and recovery, each within the timeout of a call. The connection of a branch that
   * has voted and is not finished stays open, is told of in one warning for each, and is closed
   * once its branch is finished.
   */
  @Override
  public void close() {
    handle.refuse();
    connections.closeAll();
    handle.close();
    // Some may have been opened meanwhile, and the pool forgets those that it was to close later.
    connections.closeAll();
    recoveryConnection.close();
    if (dialect.closingLosesVotes()) {
      voted.leaveOpen().forEach(this::tellOfConnectionLeftOpen);
    }
  }

  private void tellOfConnectionLeftOpen(Xid xid) {
    JdbcLog.leftOpen(
        settings.name(),
        dialect.nativeForm(xid),
        "end this process and start again with this resource configured; recovery finishes it");
  }
}
