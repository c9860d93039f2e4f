package dev.handfast.xa.internal.management;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.recovery.Selection;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** From a request line to an answer line, over the {@link Recovery} that the application has. */
final class ControlCommands {

  private static final Logger LOG = Logger.getLogger(ControlCommands.class);
  private static final Duration RECOVER = Duration.ofSeconds(60);

  private final Recovery recovery;

  ControlCommands(Recovery recovery) {
    this.recovery = recovery;
  }

  /** The answer to one line; never fails. */
  String answer(String line) {
    try {
      return JsonWriter.write(Documents.object("ok", true, "result", result(line)));
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

  private Map<String, @Nullable Object> result(String line) throws JsonException {
    ControlRequest request = ControlRequest.of(line);
    String command = request.text("command");
    return switch (command) {
      case "status" -> status(request);
      case "list" -> list(request);
      case "show" -> show(request);
      case "recover" -> recover(request);
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
    return Documents.of(recovery.inDoubt(filter));
  }

  private Map<String, @Nullable Object> show(ControlRequest request) throws JsonException {
    Filter filter = Filter.of(request.text("gtrid"));
    request.requireNothingElse();
    InDoubt found = recovery.inDoubt(filter);
    return Documents.of(found);
  }

  private Map<String, @Nullable Object> recover(ControlRequest request) throws JsonException {
    Duration timeout = Objects.requireNonNullElse(request.duration("timeout"), RECOVER);
    request.requireNothingElse();
    return Documents.of(recovery.recover(timeout));
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
