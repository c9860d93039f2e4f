package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.CrashStep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pause meets a receiver that has taken a message whose transaction has not begun. */
class ListenerPauseRaceTest extends ListenerScenario {

  private enum Step implements CrashStep {
    /** A message was taken, and the receiver is about to begin it. */
    TAKEN("METHOD begin\nAT ENTRY"),
    /** The receiver has begun the message; its transaction comes next. */
    BEGUN("METHOD begin\nAT EXIT");

    private final String place;

    Step(String place) {
      this.place = "CLASS " + ReceiverSession.class.getName() + "\n" + place;
    }

    @Override
    public String place() {
      return place;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPauseCostsNoMessageAndNoDelivery(Step step) {
    try (CrashJvm child =
        CrashJvm.of(ListenerPauseMain.class)
            .steps(Step.values())
            .arguments(broker.url(), directory.resolve("pause").toString(), queue, answers, dead)
            .start(directory.resolve("child"))) {
      assertThat(child.awaitAnswer()).isEqualTo("listens to " + queue);
      child.stopAt(step, 1);
      queues.send(queue, "one", "two");
      child.awaitStop();
      child.say("drain");
      assertThat(child.awaitAnswer()).isEqualTo("drained: true");

      child.say("resume");
      assertThat(child.awaitAnswer()).isEqualTo("resumed");

      child.goOn();

      assertThat(child.awaitAnswer()).isEqualTo("delivery 1");
      assertThat(child.awaitAnswer()).isEqualTo("delivery 1");
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 2);
      assertThat(child.log()).doesNotContain("HANDFAST003023", "HANDFAST003026");
    }
    assertThat(queues.drainTexts(answers)).containsExactlyInAnyOrder("re: one", "re: two");
    assertThat(queues.count(queue)).isZero();
    assertThat(queues.count(dead)).isZero();
  }
}
