package dev.handfast.xa.recovery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a node at one moment.
 *
 * @param node the node name
 * @param storeId the random id of its log store
 * @param startId the random id of this start
 * @param resources the state of each resource manager
 * @param logged the number of transactions whose decision is in the log and not yet carried out
 *     everywhere
 * @param active the number of transactions that are running
 * @param inDoubt the number of branches of this node that recovery has found and not ended, without
 *     those of running transactions
 * @param oldest when the oldest logged decision that is not carried out everywhere was taken; null
 *     if there is none
 * @param attention what waits for an operator, each thing in words: heuristic outcomes, quarantined
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
