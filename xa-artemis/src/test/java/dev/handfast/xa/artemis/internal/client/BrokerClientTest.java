package dev.handfast.xa.artemis.internal.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.Secret;
import dev.handfast.xa.testkit.LeakCheck;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerClientTest {

  private static BrokerProcess broker;

  private BrokerClient client;

  @BeforeAll
  static void start(@TempDir Path directory) {
    broker = BrokerProcess.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aPlainConnectionThatComesUpWhileAllAreBrokenOffIsBrokenOffToo() throws Exception {
    refusesAndLeavesNothing(() -> client.openPlain());
  }

  @Test
  void anXaConnectionThatComesUpWhileAllAreBrokenOffIsBrokenOffToo() throws Exception {
    refusesAndLeavesNothing(() -> client.openXa());
  }

  /** Breaks all off after the first look whether the client is closed, before it connects. */
  private void refusesAndLeavesNothing(ThrowingCallable opening) throws Exception {
    LeakCheck before = LeakCheck.of();
    BrokerCredentials credentials = new BrokerCredentials("any", Secret.from(this::brokenOff));
    client = new BrokerClient(settings(credentials));

    assertThatThrownBy(opening)
        .isInstanceOf(JMSException.class)
        .hasMessageContaining("resource 'events': the resource is closed");

    client.close();
    before.assertNothingLeft();
  }

  private String brokenOff() {
    client.breakOffAll();
    return "any";
  }

  private static ArtemisSettings settings(BrokerCredentials credentials) {
    Duration bound = Duration.ofSeconds(5);
    return new ArtemisSettings(
        "events",
        broker.url(),
        null,
        credentials,
        null,
        bound,
        1,
        bound,
        null,
        false,
        false,
        false,
        false);
  }
}
