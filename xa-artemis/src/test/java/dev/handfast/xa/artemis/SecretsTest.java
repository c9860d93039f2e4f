package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.StartRefusedException;
import dev.handfast.xa.config.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No start tells a password of a broker, whatever is wrong with it, in its exception or in a log.
 */
class SecretsTest {

  private static final String SECRET = "SEKRIT";

  /** Everything that any library logs, with the stack traces, as it is printed. */
  private final StringWriter log = new StringWriter();

  private final Handler handler =
      new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
          log.append(formatter.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final List<Logger> loggers =
      Stream.of("dev.handfast", "org.apache.activemq", "io.netty").map(Logger::getLogger).toList();

  @TempDir Path directory;

  @BeforeEach
  void listen() {
    loggers.forEach(
        logger -> {
          logger.setLevel(Level.INFO);
          logger.setUseParentHandlers(false);
          logger.addHandler(handler);
        });
    Logger.getLogger("dev.handfast").setLevel(Level.ALL);
  }

  @AfterEach
  void leave() {
    loggers.forEach(
        logger -> {
          logger.removeHandler(handler);
          logger.setUseParentHandlers(true);
          logger.setLevel(null);
        });
  }

  private static Throwable refusal(ArtemisResource.Builder events) {
    return catchThrowable(
        () ->
            Handfast.builder()
                .nodeName("secret-1")
                .logStore(LogStore.inMemory())
                .controlSocket(false)
                .resources(events.build())
                .start()
                .close());
  }

  private void assertKept(Throwable refusal) {
    StringWriter printed = new StringWriter();
    refusal.printStackTrace(new PrintWriter(printed));
    assertThat(refusal)
        .isInstanceOfAny(ConfigurationException.class, StartRefusedException.class)
        .hasMessageContaining("events")
        .hasMessageContaining("To solve this");
    assertThat(printed.toString()).doesNotContain(SECRET);
    assertThat(log.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://shop:SEKRIT@localhost:1",
        "tcp://shop:SEKRIT@no.such.host.invalid:1",
        "tcp://shop:SEKRIT@localhost:abc",
        "tcp://localhost:1?user=shop&password=SEKRIT",
        "tcp://localhost:1?user=shop;PASSWORD=SEKRIT",
        "tcp://localhost:1?password=SEKRIT%zz",
        "tcp://localhost:1?trustStorePasword=SEKRIT",
        "tcp://localhost:abc?keyStorePassword=SEKRIT",
        "tcp://localhost:1?sslEnabled=true&trustStorePath=DIRECTORY/none&trustStorePassword=SEKRIT",
        "tcp://localhost:1?sslEnabled=true&keyStorePath=DIRECTORY/bad&keyStorePassword=SEKRIT",
        "tcp://localhost:1?sslEnabled=true&keyStorePassword=SEKRIT%zz",
        "tcp://localhost:1?keyStoreAliasPassword=SEKRIT&connectTimeout=no",
        "(tcp://localhost:1?keyStorePassword=SEKRIT,tcp://localhost:2)?ha=true",
        "amqp://shop:SEKRIT@localhost:1",
        "vm://0?password=SEKRIT",
        "tcp//shop:SEKRIT@localhost",
      })
  void keepsWhatStandsInAUrl(String url) throws Exception {
    Files.writeString(directory.resolve("bad"), "no key store");

    assertKept(
        refusal(
            ArtemisResource.named("events").url(url.replace("DIRECTORY", directory.toString()))));
  }

  @Test
  void keepsThePasswordsOfTheDefinition() {
    assertKept(
        refusal(
            ArtemisResource.named("events")
                .url("tcp://no.such.host.invalid:1")
                .username("shop")
                .password(SECRET)
                .recovery("rescuer", SECRET + "2")));
  }

  @Test
  void keepsThePasswordOfAFactory() {
    assertKept(
        refusal(
            ArtemisResource.named("events")
                .connectionFactory(
                    new ActiveMQConnectionFactory("tcp://localhost:1", "shop", SECRET))));
  }
}
