package dev.handfast.xa.testkit.transactional;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of sentences and tests in docs/transactional.md. */
public final class SentenceTable {

  private SentenceTable() {}

  /**
   * One row for each sentence: where it stands, what it says, the tests that hold it.
   *
   * @param ways the classes that run the specification, by the way to call methods that they test
   */
  public static String markdown(Map<String, Class<? extends TransactionalSpecification>> ways) {
    String names = String.join(" | ", ways.keySet());
    StringBuilder table =
        new StringBuilder("| where | sentence | test | " + names + " |\n|---|---|---|");
    table.append("---|".repeat(ways.size())).append('\n');
    rows()
        .forEach(
            (sentence, tests) -> table.append(row(sentence, tests, List.copyOf(ways.values()))));
    return table.toString();
  }

  private record Key(String where, String says) {}

  private static Map<Key, List<String>> rows() {
    return Arrays.stream(TransactionalSpecification.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Sentence.class))
        .collect(
            Collectors.groupingBy(
                method -> {
                  Sentence sentence = method.getAnnotation(Sentence.class);
                  return new Key(sentence.where(), sentence.says());
                },
                () -> new TreeMap<>(Comparator.comparing(Key::where).thenComparing(Key::says)),
                Collectors.mapping(method -> "`" + method.getName() + "`", Collectors.toList())));
  }

  private static String row(
      Key sentence, List<String> tests, List<Class<? extends TransactionalSpecification>> ways) {
    String held =
        ways.stream()
            .map(way -> "`" + way.getSimpleName() + "`")
            .collect(Collectors.joining(" | "));
    return "| "
        + String.join(
            " | ",
            sentence.where(),
            sentence.says(),
            tests.stream().sorted().collect(Collectors.joining("<br>")),
            held)
        + " |\n";
  }
}
