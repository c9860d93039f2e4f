package dev.handfast.examples.orders.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What an audit found wrong, a line each. */
final class Differences {

  private static final int SHOWN = 5;

  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    return List.copyOf(lines);
  }

  void addIf(boolean wrong, String line) {
    if (wrong) {
      lines.add(line);
    }
  }

  /** A line if any is wrong: {@code what: 2 (536365, 536366)}. */
  void add(String what, List<String> wrong) {
    addIf(!wrong.isEmpty(), counted(what, wrong));
  }

  /** One line for two counts, if any of them is not 0. */
  void addPair(String what, List<String> wrong, String other, List<String> otherWrong) {
    addIf(
        !wrong.isEmpty() || !otherWrong.isEmpty(),
        counted(what, wrong) + ", " + counted(other, otherWrong));
  }

  /** A line if the two maps differ in any key. */
  <K extends Comparable<K>> void add(String what, Map<K, ?> expected, Map<K, ?> found) {
    TreeSet<K> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    List<String> wrong =
        keys.stream()
            .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
            .map(key -> key + ": " + found.get(key) + " instead of " + expected.get(key))
            .toList();
    add(what + " with a wrong sum in the database", wrong);
  }

  private static String counted(String what, List<String> wrong) {
    if (wrong.isEmpty()) {
      return what + ": 0";
    }
    String shown = String.join(", ", wrong.subList(0, Math.min(SHOWN, wrong.size())));
    String more = wrong.size() > SHOWN ? ", …" : "";
    return what + ": " + wrong.size() + " (" + shown + more + ")";
  }
}
