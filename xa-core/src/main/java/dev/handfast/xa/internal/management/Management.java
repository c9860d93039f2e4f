package dev.handfast.xa.internal.management;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ways in for an operator, of one runtime: the MXBean and the control socket. */
public final class Management implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(Management.class);

  private final ManagementBean bean;
  private final @Nullable ControlServer control;

  private Management(ManagementBean bean, @Nullable ControlServer control) {
    this.bean = bean;
    this.control = control;
  }

  /**
   * Opens both; a socket that cannot be opened is a warning.
   *
   * @param directory of the log, or null for no socket
   * @param recoveryOf the recovery as the given user of the operating system has it
   */
  public static Management open(
      String node,
      Recovery recovery,
      @Nullable Path directory,
      Function<String, Recovery> recoveryOf,
      Platform platform) {
    return new Management(
        ManagementBean.open(node, recovery), control(directory, recoveryOf, platform));
  }

  private static @Nullable ControlServer control(
      @Nullable Path directory, Function<String, Recovery> recoveryOf, Platform platform) {
    if (directory == null) {
      return null;
    }
    try {
      return ControlServer.open(directory, recoveryOf, platform);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warnf(
          "HANDFAST001073 The control socket in %s cannot be opened: %s. The operator's command"
              + " cannot reach this process.",
          directory, e);
      return null;
    }
  }

  /** Nobody comes in any more. */
  public void stop() {
    bean.close();
    if (control != null) {
      control.stop();
    }
  }

  /** As {@link #stop}, and leaves no thread; recovery is closed by now. */
  @Override
  public void close() {
    stop();
    if (control != null) {
      control.close();
    }
  }
}
