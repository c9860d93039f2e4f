package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.StartRefusedException;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import jakarta.jms.JMSContext;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every start that must be refused says what was seen, the rule, and what mends it. */
class StartRefusalIT {

  private static final String PASSWORD = "s3cret-pw";

  @TempDir Path directory;

  private Map<String, String> configuration() {
    Map<String, String> keys = new HashMap<>();
    keys.put("handfast.node-name", "it-1");
    keys.put("handfast.log-store.directory", directory.resolve("tx-log").toString());
    keys.put("handfast.log-store.lock-wait", "0s");
    keys.put("handfast.datasource.orders.url", "jdbc:h2:file:" + directory.resolve("orders"));
    return keys;
  }

  private static void assertRefused(Map<String, String> keys, String... parts) {
    assertThatThrownBy(() -> Handfast.start(keys).close())
        .isInstanceOfAny(ConfigurationException.class, StartRefusedException.class)
        .satisfies(
            refusal -> {
              for (String part : parts) {
                assertThat(refusal).hasMessageContaining(part);
              }
              assertThat(stackOf(refusal)).doesNotContain(PASSWORD);
            });
  }

  private static String stackOf(Throwable error) {
    java.io.StringWriter text = new java.io.StringWriter();
    error.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  @Test
  void theConfigurationItselfStarts() {
    try (Handfast handfast = Handfast.start(configuration())) {
      assertThat(handfast.recovery().status().node()).isEqualTo("it-1");
    }
  }

  @Test
  void noNodeName() {
    Map<String, String> keys = configuration();
    keys.remove("handfast.node-name");
    assertRefused(keys, "handfast.node-name", "To solve this");
  }

  @Test
  void theSharedNodeNameOne() {
    Map<String, String> keys = configuration();
    keys.put("handfast.node-name", "1");
    assertRefused(keys, "handfast.node-name", "'1'", "To solve this");
  }

  @Test
  void aNodeNameOf21CharactersIsGivenAShorterOne() {
    Map<String, String> keys = configuration();
    keys.put("handfast.node-name", "abcdefghijklmnopqrstu");
    assertRefused(keys, "handfast.node-name", "21", "abcdefghijklm-");
  }

  @Test
  void aTildeInTheNodeName() {
    Map<String, String> keys = configuration();
    keys.put("handfast.node-name", "shop~1");
    assertRefused(keys, "handfast.node-name", "'~'");
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    Map<String, String> keys = configuration();
    keys.put("handfast.recovery.perod", "10s");
    assertRefused(keys, "handfast.recovery.perod", "handfast.recovery.period");
  }

  @Test
  void anUnknownKeyInAFile() throws Exception {
    Path file = directory.resolve("handfast.properties");
    StringBuilder text = new StringBuilder("handfast.datasource.orders.pasword=" + PASSWORD + "\n");
    configuration()
        .forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    Files.writeString(file, text);

    assertThatThrownBy(() -> Handfast.start(file).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("handfast.datasource.orders.pasword")
        .hasMessageContaining("password")
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  void aBareNumberAsDuration() {
    Map<String, String> keys = configuration();
    keys.put("handfast.default-timeout", "60");
    assertRefused(keys, "handfast.default-timeout", "60s", "60ms");
  }

  @Test
  void aLogDirectoryThatIsAFile() throws Exception {
    Map<String, String> keys = configuration();
    Files.writeString(directory.resolve("tx-log"), "not a directory");
    assertRefused(keys, "handfast.log-store.directory", "tx-log", "To solve this");
  }

  @Test
  void aLogDirectoryThatNobodyCanWrite() {
    Map<String, String> keys = configuration();
    keys.put("handfast.log-store.directory", "/proc/self/tx-log");
    assertRefused(keys, "handfast.log-store.directory", "/proc/self/tx-log", "To solve this");
  }

  @Test
  void anEarlierDirectoryOfAnotherNode() {
    Handfast.start(configuration()).close();
    Map<String, String> keys = configuration();
    keys.put("handfast.node-name", "it-2");
    assertRefused(keys, "belongs to node 'it-1'", "'it-2'", "To solve this");
  }

  @Test
  void aWrongPasswordOfTheDatabase() throws Exception {
    String url = "jdbc:h2:file:" + directory.resolve("locked");
    try (Connection c = DriverManager.getConnection(url, "shop", "right");
        Statement s = c.createStatement()) {
      s.execute("SELECT 1");
    }
    Map<String, String> keys = configuration();
    keys.put("handfast.datasource.locked.url", url);
    keys.put("handfast.datasource.locked.username", "shop");
    keys.put("handfast.datasource.locked.password", PASSWORD);
    assertRefused(keys, "'locked'", "shop", "To solve this");
  }

  @Test
  void aWrongPasswordOfTheBroker() {
    try (BrokerProcess broker =
        BrokerProcess.builder(directory.resolve("broker")).user("shop", "right").start()) {
      Map<String, String> keys = configuration();
      keys.put("handfast.jms.events.url", broker.url());
      keys.put("handfast.jms.events.username", "shop");
      keys.put("handfast.jms.events.password", PASSWORD);
      assertRefused(keys, "'events'", "shop", "To solve this");
    }
  }

  @Test
  void aBrokerThatIsNotThere() throws Exception {
    Map<String, String> keys = configuration();
    keys.put("handfast.jms.events.url", "tcp://127.0.0.1:" + freePort());
    assertRefused(keys, "'events'", "cannot be reached", "required-at-start=false");
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aBrokerThatIsNotRequiredIsUsedWhenItComes() {
    BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"));
    broker.stop();
    Map<String, String> keys = configuration();
    keys.put("handfast.jms.events.url", broker.url());
    keys.put("handfast.jms.events.required-at-start", "false");
    keys.put("handfast.recovery.period", "200ms");
    try (Handfast handfast = Handfast.start(keys)) {
      broker.restart();
      org.awaitility.Awaitility.await()
          .until(
              () ->
                  handfast.recovery().status().resources().stream()
                      .allMatch(resource -> resource.reachable()));
      jakarta.jms.ConnectionFactory events =
          handfast.resource("events", jakarta.jms.ConnectionFactory.class);
      handfast.run(
          () -> {
            try (JMSContext context = events.createContext()) {
              context.createProducer().send(context.createQueue("q"), "late");
            }
          });
      assertThat(new dev.handfast.xa.testkit.broker.BrokerQueues(broker.url()).drainTexts("q"))
          .containsExactly("late");
    } finally {
      broker.close();
    }
  }

  @Test
  void aBrokerThatCameLateAndCannotBeRecoveredTakesNoBranch() {
    BrokerProcess broker =
        BrokerProcess.builder(directory.resolve("broker")).user("shop", "right").start();
    broker.stop();
    Map<String, String> keys = configuration();
    keys.put("handfast.jms.events.url", broker.url());
    keys.put("handfast.jms.events.username", "shop");
    keys.put("handfast.jms.events.password", "right");
    keys.put("handfast.jms.events.recovery.username", "shop");
    keys.put("handfast.jms.events.recovery.password", PASSWORD);
    keys.put("handfast.jms.events.required-at-start", "false");
    try (Handfast handfast = Handfast.start(keys)) {
      broker.restart();
      var events = handfast.resource("events", jakarta.jms.ConnectionFactory.class);
      assertThatThrownBy(
              () ->
                  handfast.run(
                      () -> {
                        try (JMSContext context = events.createContext()) {
                          context.createProducer().send(context.createQueue("q"), "never");
                        }
                      }))
          .satisfies(
              refusal ->
                  assertThat(stackOf(refusal))
                      .contains("'events'", "recovery")
                      .doesNotContain(PASSWORD));
      assertThat(
              new dev.handfast.xa.testkit.broker.BrokerQueues(broker.url(), "shop", "right")
                  .count("q"))
          .isZero();
    } finally {
      broker.close();
    }
  }

  @Test
  void twoResourcesWithOneName() {
    assertThatThrownBy(
            () ->
                Handfast.builder()
                    .nodeName("it-1")
                    .logStore(LogStore.inMemory())
                    .resources(
                        JdbcResource.named("same")
                            .url("jdbc:h2:file:" + directory.resolve("a"))
                            .build(),
                        ArtemisResource.named("same").url("tcp://127.0.0.1:1").build())
                    .start())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'same'");
  }

  @Test
  void twoResourcesWithOneNameInConfiguration() {
    Map<String, String> keys = configuration();
    keys.put("handfast.jms.orders.url", "tcp://127.0.0.1:1");
    assertRefused(keys, "orders", "To solve this");
  }

  @Test
  void h2InServerMode() {
    Map<String, String> keys = configuration();
    keys.put(
        "handfast.datasource.orders.url", "jdbc:h2:tcp://localhost/orders;PASSWORD=" + PASSWORD);
    assertRefused(keys, "orders", "jdbc:h2:tcp:", "To solve this");
  }

  @Test
  void aDirectoryHeldByAnotherLiveProcess() throws Exception {
    Path log = directory.resolve("tx-log");
    try (ChildJvm holder = ChildJvm.run(HolderMain.class, log.toString())) {
      holder.awaitLine("started");
      Map<String, String> keys = configuration();
      keys.put("handfast.log-store.lock-wait", "300ms");
      long begin = System.nanoTime();
      assertRefused(keys, "pid " + holder.pid(), "started 2", "300 ms", "To solve this");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(299));

      holder.say("status");
      holder.awaitLine("looked");
      for (String file : new String[] {"owner", "store", "store.twin"}) {
        Files.readString(log.resolve(file), StandardCharsets.UTF_8);
      }
      assertRefused(keys, "pid " + holder.pid());

      holder.say("close");
      holder.awaitExit(0);
    }
    Handfast.start(configuration()).close();
  }
}
