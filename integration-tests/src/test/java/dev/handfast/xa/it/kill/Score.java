package dev.handfast.xa.it.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was done and what came of it, for the report. */
final class Score {

  private final long seed;
  private final Map<KillVictim, Integer> kills = new EnumMap<>(KillVictim.class);
  private final Map<KillVictim, Integer> duringStart = new EnumMap<>(KillVictim.class);
  private final List<Duration> starts = new ArrayList<>();
  private final List<Duration> returns = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int blows;
  private int leftInDoubt;
  private int branchesSeen;
  private int audits;
  private long begun;
  private long committed;
  private long rolledBack;
  private long unknown;
  private long untoldThere;
  private long untoldMissing;
  private Duration elapsed = Duration.ZERO;

  Score(long seed) {
    this.seed = seed;
  }

  /** One or more victims at a time. */
  void blow() {
    blows++;
  }

  void killed(KillVictim victim, boolean whileTheApplicationStarts) {
    kills.merge(victim, 1, Integer::sum);
    if (whileTheApplicationStarts) {
      duringStart.merge(victim, 1, Integer::sum);
    }
  }

  int kills() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** A blow was followed by something in doubt; branches that were seen before anybody mended. */
  void leftInDoubt(int branches) {
    leftInDoubt++;
    branchesSeen += branches;
  }

  /** An application with all at hand was started: from opening to working. */
  void start(Duration time) {
    starts.add(time);
  }

  /** From the last one's return until nothing of before was prepared any more. */
  void resolved(Duration time) {
    returns.add(time);
  }

  /** The application would not start, and said why. */
  void refused(String why) {
    refusals.add(why);
  }

  void fault(String fault) {
    faults.add(fault);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  void audited(KillAudit audit) {
    audits++;
    begun += audit.begun();
    committed += audit.told(ToldOutcome.COMMITTED);
    rolledBack += audit.told(ToldOutcome.ROLLED_BACK);
    unknown += audit.told(ToldOutcome.UNKNOWN);
    untoldThere += audit.untoldThere();
    untoldMissing += audit.untoldMissing();
    faults.addAll(audit.faults());
  }

  void lasted(Duration time) {
    elapsed = time;
  }

  String report(RecoveryLog recovery) {
    List<String> lines = new ArrayList<>();
    lines.add("# Random kills");
    lines.add("");
    lines.add(faults.isEmpty() ? "No fault found." : faults.size() + " faults found, see below.");
    lines.add("");
    lines.add("| | killed | of these while the application was starting |");
    lines.add("|---|---|---|");
    for (KillVictim victim : KillVictim.values()) {
      lines.add(row(victim, kills.getOrDefault(victim, 0), duringStart.getOrDefault(victim, 0)));
    }
    lines.add(row("all", kills(), duringStart.values().stream().mapToInt(Integer::intValue).sum()));
    lines.add("");
    lines.add("| | |");
    lines.add("|---|---|");
    lines.add(row("seed", seed));
    lines.add(row("threads", KillMain.THREADS));
    lines.add(row("time, audits included", seconds(elapsed)));
    lines.add(row("blows, of one victim or several at once", blows));
    lines.add(row("blows that left something in doubt", leftInDoubt));
    lines.add(row("prepared branches seen before anybody mended", branchesSeen));
    lines.add(row("branches committed by recovery", recovery.committed()));
    lines.add(row("branches rolled back by recovery", recovery.rolledBack()));
    lines.add(row("start with all at hand, recovery included, median", median(starts)));
    lines.add(row("start with all at hand, recovery included, longest", longest(starts)));
    lines.add(row("from the last one's return to nothing left, median", median(returns)));
    lines.add(row("from the last one's return to nothing left, longest", longest(returns)));
    lines.add(row("starts refused, with the reason", refusals.size()));
    lines.add(row("audits", audits));
    lines.add(row("transactions begun", begun));
    lines.add(row("told committed", committed));
    lines.add(row("told rolled back", rolledBack));
    lines.add(row("told unknown", unknown));
    lines.add(row("told unknown or nothing, and there", untoldThere));
    lines.add(row("told unknown or nothing, and not there", untoldMissing));
    addList(lines, "Starts refused", refusals);
    addList(lines, "Faults", faults);
    return String.join("\n", lines) + "\n";
  }

  private static void addList(List<String> lines, String title, List<String> items) {
    if (!items.isEmpty()) {
      lines.addAll(List.of("", "## " + title, ""));
      items.forEach(item -> lines.add("- " + item));
    }
  }

  private static String row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    return row.toString();
  }

  private static String median(List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    return sorted.isEmpty() ? "none" : seconds(sorted.get(sorted.size() / 2));
  }

  private static String longest(List<Duration> times) {
    return times.stream().max(Duration::compareTo).map(Score::seconds).orElse("none");
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
  }
}
