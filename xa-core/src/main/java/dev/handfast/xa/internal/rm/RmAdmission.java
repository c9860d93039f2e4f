package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether the resource manager behind a name may be used: its preflight finds no error, and it is
 * the one that branches wait for. A stranger under the name would answer NOTA to all of them, which
 * must not be taken for their end.
 */
final class RmAdmission {

  private final String name;
  private final ResourceManager<?> manager;
  private final Decisions decisions;
  private volatile boolean stranger;

  RmAdmission(String name, ResourceManager<?> manager, Decisions decisions) {
    this.name = name;
    this.manager = manager;
    this.decisions = decisions;
  }

  /**
   * Checks; on the worker of the resource manager.
   *
   * @param warnings are told what is no reason to refuse it
   * @return why it may not be used, or null if it may
   * @throws ResourceUnavailableException if it cannot be reached
   */
  @Nullable String refusal(DeferredWarnings warnings) throws ResourceUnavailableException {
    List<String> errors = new ArrayList<>();
    for (Finding finding : manager.preflight()) {
      if (finding.severity() == Finding.Severity.ERROR) {
        errors.add(finding.toString());
      } else {
        warnings.warn(
            String.format(Locale.ROOT, "HANDFAST001005 Resource '%s': %s", name, finding));
      }
    }
    if (!errors.isEmpty()) {
      return "Resource '" + name + "' cannot be used: " + String.join(" ", errors);
    }
    return strangerRefusal(manager.identity(), warnings);
  }

  /** Whether the last check found another resource manager than the one that is waited for. */
  boolean isStranger() {
    return stranger;
  }

  /** Whether it is the resource manager that was recorded; on its worker. */
  boolean isKnown() throws ResourceUnavailableException {
    return manager.identity().id().equals(decisions.identities().of(name));
  }

  /**
   * An operator vouches for the resource manager that is there now; on its worker.
   *
   * @return who it is
   */
  RmIdentity accept() throws ResourceUnavailableException {
    RmIdentity found = manager.identity();
    decisions.identities().record(manager.description(), found.id());
    stranger = false;
    return found;
  }

  private @Nullable String strangerRefusal(RmIdentity found, DeferredWarnings warnings) {
    String known = decisions.identities().of(name);
    stranger = false;
    boolean changed = known != null && !found.id().equals(known);
    int waiting = changed ? decisions.waitingFor(name) : 0;
    if (waiting > 0) {
      stranger = true;
      return "Resource '"
          + name
          + "' is another "
          + found.product()
          + " than before: its id is '"
          + found.id()
          + "' and was '"
          + known
          + "', and "
          + waiting
          + " branches that voted wait for that one. To solve this, point '"
          + name
          + "' at the resource manager that it named before, and give the new one a name of its own;"
          + " if it holds the same data under a new id, an operator can accept it.";
    }
    if (changed) {
      warnings.warn(
          String.format(
              Locale.ROOT,
              "HANDFAST001039 Resource '%s' is another %s than before: its id is '%s' and was '%s'",
              name,
              found.product(),
              found.id(),
              known));
    }
    decisions.identities().record(manager.description(), found.id());
    return null;
  }
}
