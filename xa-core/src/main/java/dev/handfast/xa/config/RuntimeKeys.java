package dev.handfast.xa.config;

import java.util.List;

/** The runtime's own keys, in the order of the reference. */
public final class RuntimeKeys {

  /** The name of this node; mandatory. */
  public static final ConfigKey NODE_NAME =
      new ConfigKey(
          "handfast.node-name",
          "text",
          "",
          "Mandatory. The name of this node: 1 to 20 ASCII letters, digits, `.`, `_` and `-`, unique"
              + " among the nodes that share a resource, the same at every restart, not `1`.");

  /** The timeout of transactions that name none. */
  public static final ConfigKey DEFAULT_TIMEOUT =
      new ConfigKey(
          "handfast.default-timeout",
          "duration",
          "60s",
          "The time after which a transaction that names no timeout is rolled back; whole seconds,"
              + " at least `1s`.");

  /** The type of the log store, {@code file} or {@code memory}. */
  public static final ConfigKey LOG_STORE_TYPE =
      new ConfigKey(
          "handfast.log-store.type",
          "`file` or `memory`",
          "file",
          "Where decisions are logged; `memory` survives no crash and is for tests.");

  /** The directory of the log store; mandatory for the type {@code file}. */
  public static final ConfigKey LOG_STORE_DIRECTORY =
      new ConfigKey(
          "handfast.log-store.directory",
          "path",
          "",
          "Mandatory for the type `file`. A directory of this node alone, on a disk that keeps what"
              + " was forced; made if missing; relative to the working directory.");

  /** How long a start waits while another process holds the directory. */
  public static final ConfigKey LOG_STORE_LOCK_WAIT =
      new ConfigKey(
          "handfast.log-store.lock-wait",
          "duration",
          "30s",
          "How long a start waits while another process holds the directory; `0s` does not wait.");

  /** Whether a directory on a RAM disk is accepted. */
  public static final ConfigKey LOG_STORE_ALLOW_RAM_DISK =
      new ConfigKey(
          "handfast.log-store.allow-ram-disk",
          "boolean",
          "false",
          "Accepts a directory on a RAM disk, whose contents a reboot loses.");

  /** Whether a directory that everybody may write is accepted. */
  public static final ConfigKey LOG_STORE_ALLOW_OPEN_DIRECTORY =
      new ConfigKey(
          "handfast.log-store.allow-open-directory",
          "boolean",
          "false",
          "Accepts a directory that everybody may write, and so take away or replace the log.");

  /** The time between two recovery passes. */
  public static final ConfigKey RECOVERY_PERIOD =
      new ConfigKey(
          "handfast.recovery.period", "duration", "10s", "The time between two recovery passes.");

  /** The deadline of one call of recovery to a resource manager. */
  public static final ConfigKey RECOVERY_CALL_TIMEOUT =
      new ConfigKey(
          "handfast.recovery.call-timeout",
          "duration",
          "5s",
          "The deadline of one call of recovery to a resource manager, and of one write to the audit"
              + " log.");

  /** What a start does if the log names a missing resource: {@code refuse} or {@code allow}. */
  public static final ConfigKey RECOVERY_MISSING_RESOURCES =
      new ConfigKey(
          "handfast.recovery.missing-resources",
          "`refuse` or `allow`",
          "refuse",
          "Whether to start although the log names a resource that is not configured; with `allow`"
              + " its branches wait.");

  /** Whether the operator's command may connect to the running process. */
  public static final ConfigKey CONTROL_ENABLED =
      new ConfigKey(
          "handfast.control.enabled",
          "boolean",
          "true",
          "Whether the operator's command reaches this process by the socket `control.sock` in the"
              + " log directory, which only its owner can open.");

  /** The keys of methods that declare their transaction, after {@link #METHODS_PREFIX}. */
  public static final List<ConfigKey> METHODS =
      List.of(
          new ConfigKey(
              "timeout",
              "duration",
              "that of the method",
              "The timeout of the transactions that begin for a method, or for each method of a"
                  + " class, in place of its `@Timeout`. `NAME` is that of the class that declares"
                  + " the method, as `Class.getName()` has it, for a method with a dot and its name"
                  + " after it; the method's own key wins."));

  /** What stands before the keys of a method or class, with {@code NAME} for its name. */
  public static final String METHODS_PREFIX = "handfast.transactional.\"NAME\".";

  private static final List<ConfigKey> ALL =
      List.of(
          NODE_NAME,
          DEFAULT_TIMEOUT,
          LOG_STORE_TYPE,
          LOG_STORE_DIRECTORY,
          LOG_STORE_LOCK_WAIT,
          LOG_STORE_ALLOW_RAM_DISK,
          LOG_STORE_ALLOW_OPEN_DIRECTORY,
          RECOVERY_PERIOD,
          RECOVERY_CALL_TIMEOUT,
          RECOVERY_MISSING_RESOURCES,
          CONTROL_ENABLED);

  private RuntimeKeys() {}

  /** All keys of the runtime, in the order of the reference. */
  public static List<ConfigKey> all() {
    return ALL;
  }

  /** The table of the keys of methods in docs/configuration.md. */
  public static String methodsMarkdown() {
    return ReferenceTable.markdown(METHODS_PREFIX, METHODS);
  }

  /** The table of these keys in docs/configuration.md. */
  public static String markdown() {
    return ReferenceTable.markdown("", ALL);
  }
}
