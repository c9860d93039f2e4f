package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.rm.ResourceManagers;
import java.util.ArrayList;
import java.util.List;

/** What waits for an operator. */
public final class Attention {

  private Attention() {}

  /** Each matter in words: of the log first, of the resource managers then. */
  public static List<String> of(Decisions decisions, ResourceManagers resources) {
    List<String> concerns = new ArrayList<>();
    String distrust = decisions.quarantine().distrust();
    if (distrust != null) {
      concerns.add("The log store: " + distrust);
    }
    decisions
        .quarantine()
        .records()
        .forEach(record -> concerns.add("A record cannot be read: " + described(record)));
    decisions.all().forEach(record -> addHeuristic(record, concerns));
    concerns.addAll(resources.attention());
    return concerns;
  }

  private static String described(DamagedRecord record) {
    return "transaction " + record.gtrid() + " (" + record.place() + "): " + record.reason();
  }

  private static void addHeuristic(DecisionRecord record, List<String> concerns) {
    for (LoggedBranch branch : record.branches()) {
      if (branch.isHeuristic()) {
        concerns.add(
            "'"
                + branch.resource()
                + "' ended a branch of "
                + record.gtrid()
                + " on its own: "
                + branch.heuristic());
      }
    }
  }
}
