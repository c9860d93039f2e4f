package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.config.RecoverySettings;
import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.config.RuntimeKeys;
import dev.handfast.xa.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the values of the runtime's own keys; a key that is not given has its default. */
final class SettingsReader {

  private final Map<String, ConfigValue> values;
  private final Problems problems;

  SettingsReader(Map<String, ConfigValue> values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  /**
   * The settings, or empty if the node's name or the log store is missing or wrong. Whatever is
   * wrong is added to the problems.
   */
  Optional<Settings> read() {
    Duration timeout =
        value(RuntimeKeys.DEFAULT_TIMEOUT, ConfigValue::duration, Settings.DEFAULT_TIMEOUT);
    RecoverySettings recovery = recovery();
    Optional<NodeName> node = problems.attempt(this::nodeName);
    Optional<LogStoreSettings> store = logStore();
    boolean control = value(RuntimeKeys.CONTROL_ENABLED, ConfigValue::bool, true);
    Map<String, Duration> methods = methodTimeouts();
    return node.flatMap(
        n -> store.map(s -> new Settings(n, timeout, s, recovery, control, methods)));
  }

  private Map<String, Duration> methodTimeouts() {
    var timeouts = new TreeMap<String, Duration>();
    values.forEach(
        (key, value) ->
            MethodKeys.timeoutOf(key)
                .ifPresent(
                    name ->
                        problems
                            .attempt(value::duration)
                            .ifPresent(timeout -> timeouts.put(name, timeout))));
    return timeouts;
  }

  private NodeName nodeName() {
    return given(RuntimeKeys.NODE_NAME)
        .map(value -> value.read(NodeName::new))
        .orElseGet(() -> new NodeName(""));
  }

  private RecoverySettings recovery() {
    return new RecoverySettings(
        value(RuntimeKeys.RECOVERY_PERIOD, ConfigValue::duration, RecoverySettings.DEFAULT_PERIOD),
        value(
            RuntimeKeys.RECOVERY_CALL_TIMEOUT,
            ConfigValue::duration,
            RecoverySettings.DEFAULT_CALL_TIMEOUT),
        value(RuntimeKeys.RECOVERY_MISSING_RESOURCES, s -> s.choice("refuse", "allow"), "refuse")
            .equals("allow"));
  }

  private Optional<LogStoreSettings> logStore() {
    Duration lockWait =
        value(
            RuntimeKeys.LOG_STORE_LOCK_WAIT,
            ConfigValue::duration,
            LogStoreSettings.DEFAULT_LOCK_WAIT);
    boolean ramDisk = value(RuntimeKeys.LOG_STORE_ALLOW_RAM_DISK, ConfigValue::bool, false);
    boolean open = value(RuntimeKeys.LOG_STORE_ALLOW_OPEN_DIRECTORY, ConfigValue::bool, false);
    String type = value(RuntimeKeys.LOG_STORE_TYPE, s -> s.choice("file", "memory"), "file");
    return type.equals("memory")
        ? problems.attempt(this::inMemory)
        : problems.attempt(() -> new LogStoreSettings.File(directory(), lockWait, ramDisk, open));
  }

  private LogStoreSettings inMemory() {
    given(RuntimeKeys.LOG_STORE_DIRECTORY)
        .ifPresent(
            directory -> {
              throw directory.wrong(
                  "is given although " + RuntimeKeys.LOG_STORE_TYPE.name() + " is 'memory'",
                  "remove it, or set the type to 'file'");
            });
    return LogStoreSettings.inMemory();
  }

  private Path directory() {
    return given(RuntimeKeys.LOG_STORE_DIRECTORY)
        .orElseThrow(
            () ->
                Refusal.missing(
                    RuntimeKeys.LOG_STORE_DIRECTORY.name(),
                    "the log store needs a directory of this node alone",
                    "name one on a disk that keeps what was forced, for example 'data/tx-log'"))
        .directory();
  }

  private <T> T value(ConfigKey key, Function<ConfigValue, T> reader, T absent) {
    return given(key).flatMap(value -> problems.attempt(() -> reader.apply(value))).orElse(absent);
  }

  private Optional<ConfigValue> given(ConfigKey key) {
    return Optional.ofNullable(values.get(key.name()));
  }
}
