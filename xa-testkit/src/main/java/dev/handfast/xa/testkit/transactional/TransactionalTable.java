package dev.handfast.xa.testkit.transactional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of docs/transactional.md, of the same cases as {@link TransactionalContract}. */
public final class TransactionalTable {

  private static final String HEAD =
      "| type | its caller's transaction | the method | runs in | its caller is told | its own"
          + " transaction | its caller's is then |\n|---|---|---|---|---|---|---|\n";

  private TransactionalTable() {}

  /** The table; one row for all that happens with the same result. */
  public static String markdown() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    Map<String, String> starts = new LinkedHashMap<>();
    for (TransactionalCase each : TransactionalCase.all()) {
      String start = "| " + each.type() + " | " + (each.within() ? "there" : "none") + " | ";
      String row = start + end(each);
      starts.put(row, start);
      rows.computeIfAbsent(row, key -> new ArrayList<>()).add(happening(each));
    }
    StringBuilder table = new StringBuilder(HEAD);
    rows.forEach(
        (row, happenings) -> {
          String start = starts.getOrDefault(row, "");
          table.append(start).append(String.join("; ", happenings));
          table.append(row.substring(start.length()));
        });
    return table.toString();
  }

  private static String happening(TransactionalCase each) {
    return each.inside() == TransactionalCase.Inside.NOT_AT_ALL
            && each.happening() != Happening.CLOSED
        ? "is called"
        : each.happening().shown();
  }

  private static String end(TransactionalCase each) {
    return " | "
        + String.join(
            " | ", each.inside().shown, each.told().shown, each.own().shown, each.callers().shown)
        + " |\n";
  }
}
