package dev.handfast.xa.it.kill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what the application was told with what is there. */
final class KillAudit {

  private final Map<Long, Optional<ToldOutcome>> told;
  private final Map<String, Map<Long, Integer>> found;
  private final List<String> faults = new ArrayList<>();
  private final int[] untold = new int[2];

  private KillAudit(Map<Long, Optional<ToldOutcome>> told, Map<String, Map<Long, Integer>> found) {
    this.told = told;
    this.found = found;
  }

  /**
   * @param told every transaction that was begun
   * @param found how often each was found, by the place where
   */
  static KillAudit of(
      Map<Long, Optional<ToldOutcome>> told, Map<String, Map<Long, Integer>> found) {
    KillAudit audit = new KillAudit(told, found);
    Set<Long> all = new HashSet<>(told.keySet());
    found.values().forEach(place -> all.addAll(place.keySet()));
    all.stream().sorted().forEach(audit::look);
    return audit;
  }

  private void look(long id) {
    List<Integer> times = found.values().stream().map(place -> place.getOrDefault(id, 0)).toList();
    Optional<ToldOutcome> answer = told.get(id);
    if (answer == null) {
      fault(id, "nobody began it");
    } else if (times.stream().anyMatch(count -> count > 1)) {
      fault(id, "doubled");
    } else if (Set.copyOf(times).size() > 1) {
      fault(id, "half done");
    } else {
      compare(id, answer, times.get(0) == 1);
    }
  }

  private void compare(long id, Optional<ToldOutcome> answer, boolean there) {
    if (answer.isEmpty() || answer.get() == ToldOutcome.UNKNOWN) {
      untold[there ? 1 : 0]++;
      return;
    }
    switch (answer.get()) {
      case COMMITTED -> faultIf(!there, id, "lost");
      case ROLLED_BACK -> faultIf(there, id, "there in spite of the rollback");
      default -> fault(id, "the application was told " + answer.get());
    }
  }

  private void faultIf(boolean wrong, long id, String text) {
    if (wrong) {
      fault(id, text);
    }
  }

  private void fault(long id, String text) {
    StringBuilder line = new StringBuilder("transaction " + id + ": " + text + "; told ");
    Optional<ToldOutcome> answer = told.getOrDefault(id, Optional.empty());
    line.append(answer.map(ToldOutcome::toString).orElse("nothing"));
    found.forEach(
        (place, ids) ->
            line.append(", ").append(place).append(' ').append(ids.getOrDefault(id, 0)));
    faults.add(line.toString());
  }

  /** What is wrong, one line each. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  long told(ToldOutcome wanted) {
    return told.values().stream().filter(answer -> answer.equals(Optional.of(wanted))).count();
  }

  int begun() {
    return told.size();
  }

  /** Transactions whose outcome the application did not learn, and that are there. */
  int untoldThere() {
    return untold[1];
  }

  /** Transactions whose outcome the application did not learn, and that are not there. */
  int untoldMissing() {
    return untold[0];
  }
}
