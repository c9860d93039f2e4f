package dev.handfast.xa.internal.log.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.config.NodeName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose the slot file may be, however often starts were interrupted. */
final class StoreStateTest {

  private static final StoreState FIRST =
      StoreState.fresh(new NodeName("test-1"), "abcdef").beginning(1).begun(1);

  private static void assertFits(StoreState state, int fileStart, boolean fits) {
    SlotFileOrigin file = new SlotFileOrigin("abcdef", fileStart, 0, false);
    assertThat(file.doubt(Path.of("log"), state) == null).as("%s", state).isEqualTo(fits);
    assertThat(StoreText.state(StoreText.bytes(state))).as("read again").isEqualTo(state);
  }

  @Test
  void aStartThatEndedBeforeItsFile() {
    StoreState announced = FIRST.beginning(2);

    assertFits(announced, 1, true);
    assertFits(announced.completed(1).beginning(3), 1, true);
  }

  @Test
  void aStartThatEndedBehindItsFileAndAnotherOneBeforeItsOwn() {
    StoreState announced = FIRST.beginning(2);
    assertFits(announced, 2, true);

    StoreState next = announced.completed(2).beginning(3);

    assertThat(next.starts()).isEqualTo(List.of(1, 2));
    assertFits(next, 2, true);
    assertFits(next, 3, true);
    assertFits(next, 1, false);
  }

  @Test
  void aFileOfAnEarlierStartAndOneOfAStartThatIsNotKnown() {
    StoreState second = FIRST.beginning(2).begun(2);

    assertFits(second, 2, true);
    assertFits(second, 1, false);
    assertFits(second, 3, false);
  }
}
