package dev.handfast.xa.internal.management;

import java.util.List;

/** What a monitor reads of recovery; it can order nothing. Asks no resource manager, but list. */
public interface RecoveryMXBean {

  /** The node name. */
  String getNode();

  /** The random id of the log store. */
  String getStoreId();

  /** Running transactions. */
  int getActiveTransactions();

  /** Decisions that are not carried out everywhere yet. */
  int getLoggedTransactions();

  /** Branches of this node that recovery found and did not end, running ones apart. */
  int getInDoubtBranches();

  /** Age in seconds of the oldest decision that is not carried out everywhere; 0 if none is. */
  long getOldestDecisionSeconds();

  /** Resources that recovery cannot reach. */
  List<String> getUnreachableResources();

  /** What waits for an operator, each in words. */
  List<String> getAttention();

  /** The in-doubt transactions as JSON, as the command lists them; asks the resource managers. */
  String list();
}
