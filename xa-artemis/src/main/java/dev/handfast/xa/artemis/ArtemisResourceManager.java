package dev.handfast.xa.artemis;

import dev.handfast.xa.artemis.internal.branch.TransactionSessions;
import dev.handfast.xa.artemis.internal.branch.XaSessionPool;
import dev.handfast.xa.artemis.internal.client.ArtemisLog;
import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.BrokerFacts;
import dev.handfast.xa.artemis.internal.client.Connectors;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.NettysThread;
import dev.handfast.xa.artemis.internal.client.ResourceClosing;
import dev.handfast.xa.artemis.internal.handles.ConnectionFactoryHandle;
import dev.handfast.xa.artemis.internal.handles.PlainConnections;
import dev.handfast.xa.artemis.internal.listen.Listeners;
import dev.handfast.xa.artemis.internal.recover.BrokerPreflight;
import dev.handfast.xa.artemis.internal.recover.BrokerRecoveryConnection;
import dev.handfast.xa.artemis.internal.recover.BrokerRecoveryResource;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.Intake;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceDescription;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;

/** One broker node that a runtime has opened: the application's handle, recovery and preflight. */
final class ArtemisResourceManager implements ResourceManager<ArtemisConnections> {

  private static final String PRODUCT = "Apache Artemis";

  private final ArtemisSettings settings;
  private final BrokerClient client;
  private final TransactionSessions transactions;
  private final PlainConnections plain;
  private final BrokerRecoveryConnection recovery;
  private final Listeners listeners;
  private final ConnectionFactoryHandle handle;
  private final BrokerRecoveryResource recoveryResource;

  private ArtemisResourceManager(ArtemisSettings settings, ResourceContext context) {
    this.settings = settings;
    this.client = new BrokerClient(settings);
    this.transactions = new TransactionSessions(context, client);
    this.plain = new PlainConnections(client);
    this.recovery =
        new BrokerRecoveryConnection(
            settings,
            client.factory(),
            Connectors.recovery(client.factory(), context.recoveryCallTimeout()));
    this.listeners = new Listeners(client, context, transactions, recovery);
    this.handle = new ConnectionFactoryHandle(transactions, plain, listeners);
    this.recoveryResource = new BrokerRecoveryResource(settings, recovery);
  }

  static ArtemisResourceManager open(ArtemisSettings settings, ResourceContext context) {
    return new ArtemisResourceManager(settings, context);
  }

  @Override
  public ArtemisConnections handle() {
    return handle;
  }

  @Override
  public XAResource recoveryResource() {
    return recoveryResource;
  }

  @Override
  public RmIdentity identity() throws ResourceUnavailableException {
    try {
      BrokerFacts facts = recovery.facts();
      if (facts.nodeId().isEmpty()) {
        throw new ResourceUnavailableException(
            settings.owner()
                + ": the broker at "
                + settings.maskedUrl()
                + " does not tell its node id. To solve this, let "
                + settings.recovery().shown()
                + " manage the address activemq.management.");
      }
      return new RmIdentity(
          facts.nodeId(), PRODUCT, facts.version().isEmpty() ? "unknown" : facts.version());
    } catch (ActiveMQException e) {
      throw new ResourceUnavailableException(
          Failures.ofBroker(
              settings, "could not be reached by recovery as " + settings.recovery().shown(), e),
          settings.scrubber().failure(e));
    }
  }

  @Override
  public List<Finding> preflight() throws ResourceUnavailableException {
    return List.copyOf(new BrokerPreflight(client, recovery).check());
  }

  @Override
  public boolean requiredAtStart() {
    return settings.requiredAtStart();
  }

  /** Returns false: the broker keeps a prepared branch whatever becomes of the connection. */
  @Override
  public boolean losesVotesOnClose() {
    return false;
  }

  /** Returns the broker's: a consumer looks up what a message tells it of. */
  @Override
  public CommitRank commitRank() {
    return CommitRank.BROKER;
  }

  @Override
  public ResourceDescription description() {
    return new ResourceDescription(
        settings.name(),
        ArtemisSettings.KIND,
        settings.maskedUrl(),
        Objects.requireNonNullElse(settings.working().user(), ""));
  }

  /** Returns the text that the broker's management takes and gives for a branch. */
  @Override
  public String nativeForm(Xid xid) {
    return XidImpl.toBase64String(xid);
  }

  @Override
  public Intake intake() {
    return listeners;
  }

  /**
   * Closes everything within a few seconds, whatever the broker does: if it does not answer, its
   * connections are broken off.
   */
  @Override
  public void close() {
    ResourceClosing closing = new ResourceClosing(settings);
    boolean answers = stopListeners(closing.end());
    closing
        .step("ending transactions and their sessions", transactions::close)
        .step("closing connections", plain::close)
        .step("closing the connection of recovery", recovery::close)
        .step("ending network threads", client::close)
        .run(answers, this::breakOff);
  }

  @Override
  public void awaitThreads(Duration longest) {
    NettysThread.awaitEnd(longest);
  }

  /** Returns whether the broker is still believed to answer. */
  private boolean stopListeners(long end) {
    try {
      return listeners.close(end);
    } catch (RuntimeException | Error e) {
      ArtemisLog.debug(settings.name(), "stopping the listeners failed", e);
      return true;
    }
  }

  private void breakOff() {
    client.breakOffAll();
    recovery.breakOff();
  }

  /** Returns the pool of XA sessions. */
  XaSessionPool sessions() {
    return transactions.pool();
  }
}
