package dev.handfast.xa.specification;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/jakarta-transactions.md, as the tests of this package make them. */
final class SpecificationPage {

  private static final Map<String, String> TITLES =
      new TreeMap<>(
          Map.of(
              "3.1", "UserTransaction",
              "3.2", "TransactionManager",
              "3.3", "Transaction",
              "3.4", "XAResource",
              "3.5", "Xid",
              "3.6", "TransactionSynchronizationRegistry"));

  private final List<Line> lines;

  SpecificationPage() {
    lines = tests().map(Line::of).sorted(Line.ORDER).toList();
  }

  /**
   * A test and its sentence.
   *
   * @param test the simple name of the class, and the method
   */
  private record Line(
      String section, String where, String says, String test, List<Difference> differences) {

    static final Comparator<Line> ORDER =
        Comparator.<Line, String>comparing(line -> sortable(line.where))
            .thenComparing(Line::says)
            .thenComparing(Line::test);

    static Line of(Declared declared) {
      Sentence sentence = declared.method.getAnnotation(Sentence.class);
      String section =
          sentence.section().isEmpty()
              ? declared.type.getAnnotation(Section.class).value()
              : sentence.section();
      String where = section + (sentence.of().isEmpty() ? "" : ", " + sentence.of());
      return new Line(
          chapter(section),
          where,
          sentence.says(),
          declared.type.getSimpleName() + "." + declared.method.getName(),
          Stream.ofNullable(declared.method.getAnnotation(Differs.class))
              .map(it -> new Difference(sentence.says(), it.how(), it.narayana(), it.here()))
              .toList());
    }

    Sentenced sentence() {
      return new Sentenced(where, says);
    }
  }

  private record Sentenced(String where, String says) {}

  private record Difference(String says, Differs.How how, String narayana, String here) {}

  /** A test method as one of the classes has it, be it an inherited one. */
  record Declared(Class<?> type, Method method) {}

  /** Every test of this package that is one of a sentence. */
  static Stream<Declared> tests() {
    return classes()
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .flatMap(
            type ->
                Stream.<Class<?>>iterate(type, at -> at != null, Class::getSuperclass)
                    .flatMap(at -> Arrays.stream(at.getDeclaredMethods()))
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .map(method -> new Declared(type, method)));
  }

  private static Stream<Class<?>> classes() {
    try (Stream<Path> files =
        Files.list(Path.of(SpecificationPage.class.getResource(".").toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("SpecTest.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .<Class<?>>map(SpecificationPage::named)
          .toList()
          .stream();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(SpecificationPage.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String chapter(String section) {
    return section.substring(0, "3.1".length());
  }

  /** So that 3.4.10 comes after 3.4.9. */
  private static String sortable(String where) {
    return where.replaceAll("^(3\\.\\d)\\.(\\d)(?!\\d)", "$1.0$2");
  }

  String markdown() {
    StringBuilder text = new StringBuilder(counts());
    TITLES.forEach((section, title) -> text.append(section(section, title)));
    return text.append(differences()).append(untested()).toString();
  }

  private List<Line> of(String section) {
    return lines.stream().filter(line -> line.section.equals(section)).toList();
  }

  private static long sentences(List<Line> lines) {
    return lines.stream().map(Line::sentence).distinct().count();
  }

  private static long untested(String section) {
    return Untested.all().stream().filter(it -> it.where().startsWith(section)).count();
  }

  private static long differing(List<Line> lines, Differs.How how) {
    return lines.stream()
        .flatMap(line -> line.differences.stream())
        .filter(it -> it.how == how)
        .distinct()
        .count();
  }

  private String counts() {
    List<String> rows = new ArrayList<>();
    TITLES.forEach(
        (section, title) -> rows.add(count(section + " " + title, of(section), untested(section))));
    rows.add(count("all", lines, Untested.all().size()));
    return table(
        "Counts", "section | sentences | of these testable | tests | bridged | documented", rows);
  }

  private static String count(String name, List<Line> lines, long untested) {
    long testable = sentences(lines);
    return row(
        name,
        String.valueOf(testable + untested),
        String.valueOf(testable),
        String.valueOf(lines.size()),
        String.valueOf(differing(lines, Differs.How.BRIDGED)),
        String.valueOf(differing(lines, Differs.How.DOCUMENTED)));
  }

  private String section(String section, String title) {
    List<Line> ofSection = of(section);
    List<String> rows =
        ofSection.stream()
            .map(Line::sentence)
            .distinct()
            .map(
                sentence ->
                    row(
                        sentence.where,
                        sentence.says,
                        ofSection.stream()
                            .filter(line -> line.sentence().equals(sentence))
                            .map(line -> "`" + line.test + "`")
                            .collect(joining("<br>"))))
            .toList();
    return table(section + " " + title, "where | sentence | tests", rows);
  }

  private String differences() {
    Map<Difference, String> where =
        lines.stream()
            .flatMap(line -> line.differences.stream().map(it -> Map.entry(it, line.where)))
            .collect(
                groupingBy(
                    Map.Entry::getKey,
                    LinkedHashMap::new,
                    mapping(
                        Map.Entry::getValue,
                        collectingAndThen(
                            toList(),
                            all -> String.join("; ", all.stream().distinct().toList())))));
    List<String> rows =
        Arrays.stream(Differs.How.values())
            .flatMap(
                how ->
                    where.entrySet().stream()
                        .filter(entry -> entry.getKey().how == how)
                        .map(
                            entry ->
                                row(
                                    entry.getValue(),
                                    entry.getKey().says,
                                    entry.getKey().narayana,
                                    entry.getKey().here,
                                    how.name().toLowerCase(Locale.ROOT))))
            .toList();
    return table(
        "What differs in Narayana, and what we do",
        "where | sentence | Narayana alone | here | so it is",
        rows);
  }

  private static String untested() {
    return table(
        "What no test can show",
        "where | sentence | why",
        Untested.all().stream().map(it -> row(it.where(), it.says(), it.why())).toList());
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String table(String title, String head, List<String> rows) {
    long columns = head.chars().filter(c -> c == '|').count() + 1;
    return "\n## "
        + title
        + "\n\n| "
        + head
        + " |\n|"
        + "---|".repeat(Math.toIntExact(columns))
        + "\n"
        + String.join("", rows);
  }
}
