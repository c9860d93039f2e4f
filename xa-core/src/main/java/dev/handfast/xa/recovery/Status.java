package dev.handfast.xa.recovery;

import java.util.List;

/**
 * The state of a node.
 *
 * @param node the node name
 * @param storeId the random id of its log store
 * @param startId the random id of this start
 * @param resources each resource manager
 * @param logged transactions whose decision is in the log and not yet carried out everywhere
 * @param active transactions that are running
 * @param startup what the recovery before the start found and did
 */
public record Status(
    String node,
    String storeId,
    int startId,
    List<ResourceStatus> resources,
    int logged,
    int active,
    RecoveryReport startup) {

  public Status {
    resources = List.copyOf(resources);
  }
}
