package dev.handfast.xa.recovery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a node.
 *
 * @param node the node name
 * @param storeId the random id of its log store
 * @param startId the random id of this start
 * @param resources each resource manager
 * @param logged transactions whose decision is in the log and not yet carried out everywhere
 * @param active transactions that are running
 * @param inDoubt branches of this node that recovery has found and not ended, running ones apart
 * @param oldest when the oldest logged decision that is not carried out everywhere was taken; null
 *     if there is none
 * @param attention what waits for an operator, each in words: heuristic outcomes, quarantined
 *     branches, a changed resource manager, a damaged or changed log
 * @param startup what the recovery before the start found and did
 */
public record Status(
    String node,
    String storeId,
    int startId,
    List<ResourceStatus> resources,
    int logged,
    int active,
    int inDoubt,
    @Nullable Instant oldest,
    List<String> attention,
    RecoveryReport startup) {

  public Status {
    resources = List.copyOf(resources);
    attention = List.copyOf(attention);
  }
}
