package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.rm.RmListing;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has been gathered of one branch.
 *
 * @param resource the resource's name
 * @param state what is known of it
 * @param nativeForm for the resource manager's own tools
 * @param since when it is in doubt there, at the latest, or null
 * @param obstacle why nothing can be said of it now
 */
record GatheredBranch(
    String resource,
    InDoubtBranch.State state,
    String nativeForm,
    @Nullable Instant since,
    Obstacle obstacle) {

  /** Why nothing can be said of a branch. */
  enum Obstacle {
    NONE,
    /** Its resource is not configured. */
    MISSING,
    /** Another resource manager is there than before. */
    STRANGER,
    /** A live session of the resource manager has it. */
    HELD
  }

  /** A resource manager lists it. */
  static GatheredBranch listed(RmListing listing, XidKey key) {
    Heuristic alone = listing.rm().heuristic(key);
    return new GatheredBranch(
        listing.rm().name(),
        alone == null ? InDoubtBranch.State.PREPARED : InDoubtBranch.State.of(alone),
        listing.nativeForm(key),
        listing.since(key),
        obstacle(listing, key));
  }

  private static Obstacle obstacle(RmListing listing, XidKey key) {
    if (listing.isStranger()) {
      return Obstacle.STRANGER;
    }
    return listing.rm().isHeld(key) ? Obstacle.HELD : Obstacle.NONE;
  }

  /** The log names it, and the decision has not reached it. */
  static GatheredBranch logged(LoggedBranch branch, XidKey key, @Nullable RmListing listing) {
    String nativeForm = listing == null ? "" : listing.nativeForm(key);
    Obstacle obstacle = Obstacle.NONE;
    InDoubtBranch.State state = InDoubtBranch.State.UNKNOWN;
    Heuristic alone = branch.heuristic();
    if (alone != null) {
      state = InDoubtBranch.State.of(alone);
    } else if (listing == null) {
      obstacle = Obstacle.MISSING;
    } else if (listing.isStranger()) {
      obstacle = Obstacle.STRANGER;
    } else if (listing.isUnreachable()) {
      state = InDoubtBranch.State.UNREACHABLE;
    }
    return new GatheredBranch(branch.resource(), state, nativeForm, null, obstacle);
  }

  /** The log names it, and the decision has reached it. */
  static GatheredBranch finished(LoggedBranch branch) {
    return new GatheredBranch(
        branch.resource(), InDoubtBranch.State.FINISHED, "", null, Obstacle.NONE);
  }

  /** This process prepared it on a resource manager that cannot be asked. */
  static GatheredBranch unreachable(RmListing listing, XidKey key) {
    return new GatheredBranch(
        listing.rm().name(),
        InDoubtBranch.State.UNREACHABLE,
        listing.nativeForm(key),
        null,
        Obstacle.NONE);
  }

  /** The same branch, of which a resource manager has told and now the log or this process does. */
  GatheredBranch and(GatheredBranch named) {
    if (!named.state.isHeuristic() && named.resource.equals(resource)) {
      return this;
    }
    InDoubtBranch.State known = named.state.isHeuristic() ? named.state : state;
    return new GatheredBranch(named.resource, known, nativeForm, since, obstacle);
  }

  /** What the branch waits for, for a reader. */
  String waitsFor(String whilePrepared) {
    return switch (state) {
      case FINISHED -> "";
      case HEURISTIC_COMMIT, HEURISTIC_ROLLBACK, HEURISTIC_MIXED, HEURISTIC_HAZARD ->
          "an operator, who compares it with the other branches and then has it forgotten";
      case UNREACHABLE -> "'" + resource + "', which cannot be reached";
      case UNKNOWN -> behindObstacle();
      case PREPARED -> obstacle == Obstacle.NONE ? whilePrepared : behindObstacle();
    };
  }

  private String behindObstacle() {
    return switch (obstacle) {
      case MISSING -> "resource '" + resource + "', which is not configured";
      case STRANGER -> "an operator: '" + resource + "' is another resource manager than before";
      case HELD ->
          "the end of the live session of '"
              + resource
              + "' that holds it: it is listed, and to everybody else the answer is XAER_NOTA";
      case NONE -> "'" + resource + "' to confirm that it is finished";
    };
  }
}
