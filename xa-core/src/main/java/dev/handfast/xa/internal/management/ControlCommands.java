package dev.handfast.xa.internal.management;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.spi.MessageLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** From a request line to an answer line, over the {@link Recovery} that the application has. */
final class ControlCommands {

  private static final MessageLog LOG = MessageLog.of(ControlCommands.class);
  private static final Duration RECOVER = Duration.ofSeconds(60);
  private static final Duration LONGEST_RECOVER = Duration.ofHours(1);

  /** How long recovery runs before it is asked whether the client is still there. */
  private static final Duration SLICE = Duration.ofSeconds(1);

  private final Recovery recovery;

  ControlCommands(Recovery recovery) {
    this.recovery = recovery;
  }

  /**
   * The answer to one line; never fails.
   *
   * @param isHeard whether somebody still waits for it
   */
  String answer(String line, BooleanSupplier isHeard) {
    try {
      return JsonWriter.write(Documents.object("ok", true, "result", result(line, isHeard)));
    } catch (JsonException e) {
      return error("request", e.getMessage());
    } catch (IllegalArgumentException e) {
      return error("request", e.getMessage());
    } catch (RuntimeException e) {
      LOG.debugf(e, "A command of the control socket failed");
      return error("failed", e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  static String error(String kind, @Nullable String text) {
    return JsonWriter.write(
        Documents.object("ok", false, "kind", kind, "error", String.valueOf(text)));
  }

  private Map<String, @Nullable Object> result(String line, BooleanSupplier isHeard)
      throws JsonException {
    ControlRequest request = ControlRequest.of(line);
    String command = request.text("command");
    return switch (command) {
      case "status" -> status(request);
      case "list" -> list(request);
      case "show" -> show(request);
      case "recover" -> recover(request, isHeard);
      case "commit" -> order(Action.COMMIT, request);
      case "rollback" -> order(Action.ROLLBACK, request);
      case "forget" -> order(Action.FORGET, request);
      case "resource accept" -> acceptResource(request);
      case "store accept" -> acceptStore(request);
      default -> throw new JsonException("'" + command + "' is no command");
    };
  }

  private Map<String, @Nullable Object> status(ControlRequest request) throws JsonException {
    request.requireNothingElse();
    return Documents.of(recovery.status());
  }

  private Map<String, @Nullable Object> list(ControlRequest request) throws JsonException {
    Filter filter = request.filter();
    request.requireNothingElse();
    InDoubt found = recovery.inDoubt(filter);
    Map<String, @Nullable Object> document = Documents.of(found);
    if (!filter.gtrids().isEmpty()) {
      document.put("notFound", notFound(filter, found));
    }
    return document;
  }

  private Map<String, @Nullable Object> show(ControlRequest request) throws JsonException {
    Filter filter = Filter.of(request.text("gtrid"));
    request.requireNothingElse();
    InDoubt found = recovery.inDoubt(filter);
    if (!notFound(filter, found).isEmpty()) {
      throw new JsonException(
          "Nothing of transaction "
              + filter.gtrids()
              + " "
              + (found.unreachable().isEmpty()
                  ? "is in doubt here"
                  : "was found, and " + found.unreachable() + " could not be asked"));
    }
    return Documents.of(found);
  }

  private static List<String> notFound(Filter filter, InDoubt found) {
    Set<String> missing = new TreeSet<>(filter.gtrids());
    found.transactions().forEach(transaction -> missing.remove(transaction.gtrid()));
    return List.copyOf(missing);
  }

  private Map<String, @Nullable Object> recover(ControlRequest request, BooleanSupplier isHeard)
      throws JsonException {
    Duration timeout =
        Objects.requireNonNullElse(request.duration("timeout", LONGEST_RECOVER), RECOVER);
    request.requireNothingElse();
    long end = System.nanoTime() + timeout.toNanos();
    RecoveryReport report = recovery.recover(slice(timeout));
    Duration left = Duration.ofNanos(end - System.nanoTime());
    while (!report.isComplete() && !left.isNegative() && isHeard.getAsBoolean()) {
      report = report.then(recovery.recover(slice(left)));
      left = Duration.ofNanos(end - System.nanoTime());
    }
    return Documents.of(report);
  }

  private static Duration slice(Duration left) {
    return left.compareTo(SLICE) < 0 ? left : SLICE;
  }

  private Map<String, @Nullable Object> order(Action action, ControlRequest request)
      throws JsonException {
    Selection selection = request.selection();
    if (request.flag("preview")) {
      request.text("reason");
      request.requireNothingElse();
      return Documents.of(recovery.preview(action, selection));
    }
    String reason = request.text("reason");
    request.requireNothingElse();
    ActionReport report =
        switch (action) {
          case COMMIT -> recovery.commit(selection, reason);
          case ROLLBACK -> recovery.rollback(selection, reason);
          default -> recovery.forget(selection, reason);
        };
    return Documents.of(report);
  }

  private Map<String, @Nullable Object> acceptResource(ControlRequest request)
      throws JsonException {
    String name = request.text("name");
    String reason = request.text("reason");
    request.requireNothingElse();
    return Documents.of(recovery.acceptResource(name, reason));
  }

  private Map<String, @Nullable Object> acceptStore(ControlRequest request) throws JsonException {
    String reason = request.text("reason");
    request.requireNothingElse();
    return Documents.of(recovery.acceptStore(reason));
  }
}
