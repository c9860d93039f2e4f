package dev.handfast.xa;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.config.RecoverySettings;
import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings and resources of a runtime, and checks that nothing mandatory is missing.
 */
final class HandfastBuilder implements Handfast.Builder {

  private @Nullable NodeName nodeName;
  private @Nullable LogStoreSettings logStore;
  private Duration defaultTimeout = Settings.DEFAULT_TIMEOUT;
  private RecoverySettings recovery = RecoverySettings.defaults();
  private boolean controlSocket = true;
  private final List<Resource<?>> resources = new ArrayList<>();
  private Platform platform = Platform.system();

  /** Takes time, threads and randomness from there. */
  HandfastBuilder platform(Platform source) {
    platform = source;
    return this;
  }

  @Override
  public Handfast.Builder nodeName(String name) {
    nodeName = new NodeName(name);
    return this;
  }

  @Override
  public Handfast.Builder logStore(LogStore store) {
    logStore = store.settings();
    return this;
  }

  @Override
  public Handfast.Builder resources(Resource<?>... added) {
    resources.addAll(List.of(added));
    return this;
  }

  @Override
  public Handfast.Builder defaultTimeout(Duration timeout) {
    defaultTimeout = timeout;
    return this;
  }

  @Override
  public Handfast.Builder recoveryPeriod(Duration period) {
    recovery =
        new RecoverySettings(period, recovery.callTimeout(), recovery.allowMissingResources());
    return this;
  }

  @Override
  public Handfast.Builder recoveryCallTimeout(Duration timeout) {
    recovery = new RecoverySettings(recovery.period(), timeout, recovery.allowMissingResources());
    return this;
  }

  @Override
  public Handfast.Builder allowMissingResources() {
    recovery = new RecoverySettings(recovery.period(), recovery.callTimeout(), true);
    return this;
  }

  @Override
  public Handfast.Builder controlSocket(boolean enabled) {
    controlSocket = enabled;
    return this;
  }

  @Override
  public Handfast start() {
    return Startup.start(settings(), resources, platform);
  }

  @Override
  public OpenStore openStore() {
    return Startup.look(settings(), resources, platform);
  }

  private Settings settings() {
    if (nodeName == null) {
      throw new ConfigurationException(
          "handfast.node-name is not set: every node needs a name of its own, which is written into"
              + " its log and its transactions. To solve this, set it to 1 to 20 ASCII letters,"
              + " digits, '.', '_', '-', for example shop-1.");
    }
    if (logStore == null) {
      throw new ConfigurationException(
          "handfast.log-store.directory is not set: without a log nothing can be recovered after a"
              + " crash. To solve this, name a directory of this node alone on a local disk.");
    }
    requireUniqueNames();
    return new Settings(nodeName, defaultTimeout, logStore, recovery, controlSocket);
  }

  private void requireUniqueNames() {
    Set<String> names = new HashSet<>();
    for (Resource<?> resource : resources) {
      if (!names.add(resource.name())) {
        throw new ConfigurationException(
            "Two resources are named '"
                + resource.name()
                + "': recovery finds a resource manager by its name, so each must have its own. To"
                + " solve this, rename one of them.");
      }
    }
  }
}
