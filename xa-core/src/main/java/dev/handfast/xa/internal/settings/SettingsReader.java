package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.DurationRange;
import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.config.RecoverySettings;
import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.config.RuntimeKeys;
import dev.handfast.xa.config.Setting;
import dev.handfast.xa.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the runtime's own keys. */
public final class SettingsReader {

  private final Map<String, Setting> settings;
  private final Problems problems;

  public SettingsReader(Map<String, Setting> settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** The settings; empty if there was a problem with what has no default. */
  public Optional<Settings> read() {
    Duration timeout = duration(DurationRange.DEFAULT_TIMEOUT, Settings.DEFAULT_TIMEOUT);
    RecoverySettings recovery = recovery();
    Optional<NodeName> node = problems.attempt(this::nodeName);
    Optional<LogStoreSettings> store = logStore();
    boolean control = value(RuntimeKeys.CONTROL_ENABLED, Setting::bool, true);
    return node.flatMap(n -> store.map(s -> new Settings(n, timeout, s, recovery, control)));
  }

  private NodeName nodeName() {
    return setting(RuntimeKeys.NODE_NAME)
        .map(setting -> setting.read(NodeName::new))
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
    boolean ramDisk = value(RuntimeKeys.LOG_STORE_ALLOW_RAM_DISK, Setting::bool, false);
    String type = value(RuntimeKeys.LOG_STORE_TYPE, s -> s.choice("file", "memory"), "file");
    return type.equals("memory")
        ? problems.attempt(() -> inMemory(lockWait, ramDisk))
        : problems.attempt(() -> new LogStoreSettings(directory(), lockWait, ramDisk));
  }

  private LogStoreSettings inMemory(Duration lockWait, boolean ramDisk) {
    setting(RuntimeKeys.LOG_STORE_DIRECTORY)
        .ifPresent(
            directory -> {
              throw directory.wrong(
                  "is given although " + RuntimeKeys.LOG_STORE_TYPE.name() + " is 'memory'",
                  "remove it, or set the type to 'file'");
            });
    return new LogStoreSettings(null, lockWait, ramDisk);
  }

  private Path directory() {
    Setting setting =
        setting(RuntimeKeys.LOG_STORE_DIRECTORY)
            .orElseThrow(
                () ->
                    Refusal.missing(
                        RuntimeKeys.LOG_STORE_DIRECTORY.name(),
                        "the log store needs a directory of this node alone",
                        "name one on a disk that keeps what was forced, for example 'data/tx-log'"));
    String text = setting.plain();
    if (text.startsWith("~")) {
      throw setting.wrong("'~' is not expanded", "write the path in full");
    }
    if (text.codePoints().anyMatch(Refusal::isInvisible)) {
      throw setting.wrong("holds an invisible character", "write \\\\ for a backslash in a file");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw setting.wrong("is not a path", "name a directory, for example 'data/tx-log'");
    }
  }

  private Duration duration(DurationRange range, Duration absent) {
    return Optional.ofNullable(settings.get(range.key()))
        .flatMap(setting -> problems.attempt(() -> setting.read(range::parse)))
        .orElse(absent);
  }

  private <T> T value(ConfigKey key, Function<Setting, T> reader, T absent) {
    return setting(key)
        .flatMap(setting -> problems.attempt(() -> reader.apply(setting)))
        .orElse(absent);
  }

  private Optional<Setting> setting(ConfigKey key) {
    return Optional.ofNullable(settings.get(key.name()));
  }
}
