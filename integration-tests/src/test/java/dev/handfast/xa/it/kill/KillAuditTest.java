package dev.handfast.xa.it.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The auditor finds what it is there to find. */
final class KillAuditTest {

  private static final Map<Long, Integer> THERE = Map.of(1L, 1);
  private static final Map<Long, Integer> MISSING = Map.of();

  private static List<String> faults(
      Optional<ToldOutcome> told, Map<Long, Integer> rows, Map<Long, Integer> messages) {
    return KillAudit.of(Map.of(1L, told), Map.of("rows", rows, "messages", messages)).faults();
  }

  @Test
  void agreesWithTheTruth() {
    assertThat(faults(Optional.of(ToldOutcome.COMMITTED), THERE, THERE)).isEmpty();
    assertThat(faults(Optional.of(ToldOutcome.ROLLED_BACK), MISSING, MISSING)).isEmpty();
    assertThat(faults(Optional.of(ToldOutcome.UNKNOWN), THERE, THERE)).isEmpty();
    assertThat(faults(Optional.empty(), MISSING, MISSING)).isEmpty();
  }

  @Test
  void findsALostTransaction() {
    assertThat(faults(Optional.of(ToldOutcome.COMMITTED), MISSING, MISSING))
        .singleElement()
        .asString()
        .contains("lost");
  }

  @Test
  void findsARollbackThatWasNone() {
    assertThat(faults(Optional.of(ToldOutcome.ROLLED_BACK), THERE, THERE))
        .singleElement()
        .asString()
        .contains("in spite of the rollback");
  }

  @Test
  void findsHalfATransactionWhateverWasTold() {
    for (ToldOutcome answer : ToldOutcome.values()) {
      assertThat(faults(Optional.of(answer), THERE, MISSING))
          .singleElement()
          .asString()
          .contains("half done");
    }
    assertThat(faults(Optional.empty(), MISSING, THERE)).hasSize(1);
  }

  @Test
  void findsWhatIsThereTwiceOrWasNeverBegun() {
    assertThat(faults(Optional.of(ToldOutcome.COMMITTED), Map.of(1L, 2), THERE))
        .singleElement()
        .asString()
        .contains("doubled");
    assertThat(KillAudit.of(Map.of(), Map.of("rows", THERE)).faults())
        .singleElement()
        .asString()
        .contains("nobody began it");
  }

  @Test
  void findsAnswersThatAreNeverRight() {
    assertThat(faults(Optional.of(ToldOutcome.HEURISTIC), THERE, THERE)).hasSize(1);
    assertThat(faults(Optional.of(ToldOutcome.OTHER), MISSING, MISSING)).hasSize(1);
  }
}
