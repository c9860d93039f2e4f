package dev.handfast.xa.it.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An error comes out of the runtime's own code or the transaction manager's: what the caller is
 * told is what a new start finds, the thread works again at once, and recovery settles the rest
 * without a restart. A listener has its message delivered again, or has done its work.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorErrorIT {

  private static final String STARTED = "started with requests, left 0 0 0";

  private final Map<Case, String> answers = new TreeMap<>();
  private String restarted = "";
  private List<String> orders = List.of();
  private List<String> stock = List.of();
  private List<String> messages = List.of();

  /**
   * @param nth call of the point that throws
   */
  private record Case(int id, ErrorPoint point, int nth, Shape shape, String door)
      implements Comparable<Case> {

    private String order() {
      return String.join(
          " ", point.name(), String.valueOf(nth), shape.name(), door, String.valueOf(id));
    }

    @Override
    public int compareTo(Case other) {
      return Integer.compare(id, other.id);
    }

    @Override
    public String toString() {
      return order();
    }
  }

  private static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (ErrorPoint point : ErrorPoint.values()) {
      for (Shape shape : point.shapes()) {
        for (String door : doors(shape)) {
          all.add(new Case(2 * all.size(), point, 1, shape, door));
        }
        all.add(new Case(2 * all.size(), point, 2, shape, Door.RUN.name()));
      }
    }
    return all;
  }

  private static List<String> doors(Shape shape) {
    Stream<String> listener =
        shape == Shape.ONE_PHASE ? Stream.of() : Stream.of(DoorErrorMain.LISTENER);
    return Stream.concat(Arrays.stream(Door.values()).map(Door::name), listener).toList();
  }

  @BeforeAll
  void run(@TempDir Path directory) {
    try (BrokerProcess broker =
            BrokerProcess.builder(directory.resolve("broker")).deadLetterAddress("lost").start();
        CrashJvm child =
            CrashJvm.of(DoorErrorMain.class)
                .arguments(directory.toString(), broker.url())
                .steps(ErrorPoint.values())
                .start(directory.resolve("child"))) {
      assertThat(child.awaitAnswer()).isEqualTo(STARTED);
      for (Case each : all()) {
        child.say(each.order());
        answers.put(each, child.awaitAnswer());
      }
      child.kill();
      child.restart();
      restarted = child.awaitAnswer();
      orders = rows(child, "orders");
      stock = rows(child, "stock");
      messages = new BrokerQueues(broker.url()).drainTexts(DoorErrorMain.EVENTS);
    }
  }

  private static List<String> rows(CrashJvm child, String database) {
    child.say(DoorErrorMain.ROWS + " " + database);
    return List.of(child.awaitAnswer().split(" ", -1));
  }

  Stream<Arguments> cases() {
    return answers.entrySet().stream().map(each -> arguments(each.getKey(), each.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isToldTruly(Case each, String answer) {
    assertThat(answer).endsWith(", then committed, left 0 0 0");
    assertThat(count(each.id() + 1)).as("the next transaction").isEqualTo("1 1 1");

    String all = each.shape() == Shape.ONE_PHASE ? "1 0 0" : "1 1 1";
    if (answer.contains("thrown, committed,")) {
      assertThat(count(each.id())).isEqualTo(all);
    } else if (answer.contains("thrown, rolled back,")) {
      assertThat(count(each.id())).isEqualTo("0 0 0");
    } else {
      assertThat(answer).contains("heuristic UNKNOWN");
      assertThat(count(each.id())).isIn(all, "0 0 0");
    }
  }

  private String count(int id) {
    return Stream.of(orders, stock, messages)
        .map(place -> Collections.frequency(place, String.valueOf(id)))
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  @Test
  void everyPlaceHasThrown() {
    Set<ErrorPoint> thrown = EnumSet.noneOf(ErrorPoint.class);
    answers.forEach(
        (each, answer) -> {
          if (answer.startsWith("thrown")) {
            thrown.add(each.point());
          }
        });

    assertThat(thrown).containsExactly(ErrorPoint.values());
  }

  @Test
  void aNewStartFindsAnEmptyLog() {
    assertThat(restarted).isEqualTo(STARTED);
  }
}
