package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.DurationRange;
import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.config.RecoverySettings;
import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.config.RuntimeKeys;
import dev.handfast.xa.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the runtime's own keys. */
final class SettingsReader {

  private final Map<String, ConfigValue> values;
  private final Problems problems;

  SettingsReader(Map<String, ConfigValue> values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  /** The settings; empty if there was a problem with what has no default. */
  Optional<Settings> read() {
    Duration timeout = duration(DurationRange.DEFAULT_TIMEOUT, Settings.DEFAULT_TIMEOUT);
    RecoverySettings recovery = recovery();
    Optional<NodeName> node = problems.attempt(this::nodeName);
    Optional<LogStoreSettings> store = logStore();
    boolean control = value(RuntimeKeys.CONTROL_ENABLED, ConfigValue::bool, true);
    return node.flatMap(n -> store.map(s -> new Settings(n, timeout, s, recovery, control)));
  }

  private NodeName nodeName() {
    return given(RuntimeKeys.NODE_NAME)
        .map(value -> value.read(NodeName::new))
        .orElseGet(() -> new NodeName(""));
  }

  private RecoverySettings recovery() {
    return new RecoverySettings(
        duration(DurationRange.RECOVERY_PERIOD, RecoverySettings.DEFAULT_PERIOD),
        duration(DurationRange.RECOVERY_CALL_TIMEOUT, RecoverySettings.DEFAULT_CALL_TIMEOUT),
        value(RuntimeKeys.RECOVERY_MISSING_RESOURCES, s -> s.choice("refuse", "allow"), "refuse")
            .equals("allow"));
  }

  private Optional<LogStoreSettings> logStore() {
    Duration lockWait = duration(DurationRange.LOCK_WAIT, LogStoreSettings.DEFAULT_LOCK_WAIT);
    boolean ramDisk = value(RuntimeKeys.LOG_STORE_ALLOW_RAM_DISK, ConfigValue::bool, false);
    String type = value(RuntimeKeys.LOG_STORE_TYPE, s -> s.choice("file", "memory"), "file");
    return type.equals("memory")
        ? problems.attempt(() -> inMemory(lockWait, ramDisk))
        : problems.attempt(() -> new LogStoreSettings(directory(), lockWait, ramDisk));
  }

  private LogStoreSettings inMemory(Duration lockWait, boolean ramDisk) {
    given(RuntimeKeys.LOG_STORE_DIRECTORY)
        .ifPresent(
            directory -> {
              throw directory.wrong(
                  "is given although " + RuntimeKeys.LOG_STORE_TYPE.name() + " is 'memory'",
                  "remove it, or set the type to 'file'");
            });
    return new LogStoreSettings(null, lockWait, ramDisk);
  }

  private Path directory() {
    ConfigValue value =
        given(RuntimeKeys.LOG_STORE_DIRECTORY)
            .orElseThrow(
                () ->
                    Refusal.missing(
                        RuntimeKeys.LOG_STORE_DIRECTORY.name(),
                        "the log store needs a directory of this node alone",
                        "name one on a disk that keeps what was forced, for example 'data/tx-log'"));
    String text = value.plain();
    if (text.startsWith("~")) {
      throw value.wrong("'~' is not expanded", "write the path in full");
    }
    if (text.codePoints().anyMatch(Refusal::isInvisible)) {
      throw value.wrong("holds an invisible character", "write \\\\ for a backslash in a file");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw value.wrong("is not a path", "name a directory, for example 'data/tx-log'");
    }
  }

  private Duration duration(DurationRange range, Duration absent) {
    return Optional.ofNullable(values.get(range.key()))
        .flatMap(value -> problems.attempt(() -> value.read(range::parse)))
        .orElse(absent);
  }

  private <T> T value(ConfigKey key, Function<ConfigValue, T> reader, T absent) {
    return given(key).flatMap(value -> problems.attempt(() -> reader.apply(value))).orElse(absent);
  }

  private Optional<ConfigValue> given(ConfigKey key) {
    return Optional.ofNullable(values.get(key.name()));
  }
}
