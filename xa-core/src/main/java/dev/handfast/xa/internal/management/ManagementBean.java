package dev.handfast.xa.internal.management;

import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.spi.MessageLog;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Registers {@code dev.handfast:type=Recovery,node=NAME}; it reads only. */
public final class ManagementBean implements RecoveryMXBean, AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(ManagementBean.class);

  private final Recovery recovery;
  private @Nullable ObjectName registered;

  private ManagementBean(Recovery recovery) {
    this.recovery = recovery;
  }

  /** Registers it; where that fails, a warning says so and all else goes on. */
  public static ManagementBean open(String node, Recovery recovery) {
    ManagementBean bean = new ManagementBean(recovery);
    try {
      ObjectName name = new ObjectName("dev.handfast:type=Recovery,node=" + node);
      server().registerMBean(bean, name);
      bean.registered = name;
    } catch (JMException e) {
      LOG.warnf("HANDFAST001074 The MXBean of node '%s' could not be registered: %s", node, e);
    }
    return bean;
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  @Override
  public String getNode() {
    return recovery.status().node();
  }

  @Override
  public String getStoreId() {
    return recovery.status().storeId();
  }

  @Override
  public int getActiveTransactions() {
    return recovery.status().active();
  }

  @Override
  public int getLoggedTransactions() {
    return recovery.status().logged();
  }

  @Override
  public int getInDoubtBranches() {
    return recovery.status().inDoubt();
  }

  @Override
  public long getOldestDecisionSeconds() {
    Instant oldest = recovery.status().oldest();
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, Instant.now()).toSeconds());
  }

  @Override
  public List<String> getUnreachableResources() {
    return recovery.status().resources().stream()
        .filter(resource -> !resource.reachable())
        .map(ResourceStatus::name)
        .toList();
  }

  @Override
  public List<String> getAttention() {
    return recovery.status().attention();
  }

  @Override
  public String list() {
    return JsonWriter.write(Documents.of(recovery.inDoubt(Filter.all())));
  }

  @Override
  public void close() {
    if (registered != null) {
      try {
        server().unregisterMBean(registered);
      } catch (JMException e) {
        LOG.debug("The MXBean could not be unregistered", e);
      }
      registered = null;
    }
  }
}
