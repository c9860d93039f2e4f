package dev.handfast.xa.testkit.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {

  @TempDir Path directory;

  @Test
  void durableMessagesSurviveAKillOnTheSamePort() {
    try (BrokerProcess broker = BrokerProcess.start(directory)) {
      BrokerQueues queues = new BrokerQueues(broker.url());
      queues.send("q", "a", "b");
      long firstPid = broker.pid();

      broker.kill();
      broker.restart();

      assertThat(broker.pid()).isNotEqualTo(firstPid);
      assertThat(queues.count("q")).isEqualTo(2);
      assertThat(queues.drainTexts("q")).containsExactly("a", "b");
      assertThat(queues.count("q")).isZero();
      assertThat(queues.count("none")).isZero();
      assertThat(queues.preparedBranches()).isEmpty();
    }
  }

  @Test
  void withAUserNobodyElseGetsIn() {
    try (BrokerProcess broker = BrokerProcess.builder(directory).user("u", "right").start()) {
      BrokerQueues stranger = new BrokerQueues(broker.url(), "u", "wrong");
      BrokerQueues owner = new BrokerQueues(broker.url(), "u", "right");

      owner.send("q", "a");

      assertThat(owner.count("q")).isEqualTo(1);
      assertThatThrownBy(() -> stranger.count("q")).isInstanceOf(IllegalStateException.class);
      broker.stop();
      assertThat(broker.isAlive()).isFalse();
    }
  }
}
