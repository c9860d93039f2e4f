package dev.handfast.xa.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.StartRefusedException;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No start tells a password, whatever is wrong with it, in its exception or in any log. */
final class SecretsTest {

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
      Stream.of("dev.handfast", "org.postgresql", "org.h2", "io.agroal")
          .map(Logger::getLogger)
          .toList();

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

  private Throwable refusal(JdbcResource orders) {
    return catchThrowable(
        () ->
            Handfast.builder()
                .nodeName("secret-1")
                .logStore(LogStore.inMemory())
                .controlSocket(false)
                .resources(orders)
                .start()
                .close());
  }

  private Throwable refusal(String url, UnaryOperator<JdbcResource.Builder> more) {
    return catchThrowable(
        () -> {
          Throwable refused = refusal(more.apply(JdbcResource.named("orders").url(url)).build());
          if (refused != null) {
            throw refused;
          }
        });
  }

  private static String printed(Throwable refusal) {
    StringWriter text = new StringWriter();
    refusal.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private void assertKept(Throwable refusal) {
    assertThat(refusal)
        .isInstanceOfAny(ConfigurationException.class, StartRefusedException.class)
        .hasMessageContaining("orders")
        .hasMessageContaining("To solve this");
    assertThat(printed(refusal)).doesNotContain(SECRET).doesNotContain("SEK");
    assertThat(log.toString()).doesNotContain(SECRET).doesNotContain("SEK");
  }

  static Stream<String> urls() {
    return Stream.of(
        "jdbc:postgresql://localhost:abc/x?password=SEKRIT",
        "jdbc:postgresql://localhost:1/x?PASSWORD=SEKRIT%zz",
        "jdbc:postgresql://localhost:1/x?Password=SEKRIT&password=%SEKRIT",
        "jdbc:postgresql://postgres:SEKRIT@no.such.host.invalid/db",
        "jdbc:postgresql://postgres:SEKRIT@localhost:1/db",
        "jdbc:postgresql://localhost:1?password=SEKRIT",
        "jdbc:postgresql://localhost:1/x/y?password=SEKRIT",
        "jdbc:postgresql:///x/?password=SEKRIT",
        "jdbc:postgresql://localhost:1/x?trustStorePasword=SEKRIT",
        "jdbc:postgresql://localhost:1/x?user=u&pasword=SEKRIT&sslmode=never",
        "jdbc:postgresql://localhost:1/x?sslpassword=SEKRIT&sslmode=never",
        "jdbc:postgresql://localhost:1/x?options=-c%20my.password=SEKRIT%zz",
        "jdbc:postgresql://localhost:1/x?options=-c my.secret=SEKRIT",
        "jdbc:h2:file:DIRECTORY/orders;PASSWORT=SEKRIT",
        "jdbc:h2:file:DIRECTORY/orders;PASSWORD=SEKRIT;PASSWORD=OTHER",
        "jdbc:h2:file:DIRECTORY/orders;INIT=CREATE USER U PASSWORD 'SEKRIT' NONSENSE",
        "jdbc:h2:file:DIRECTORY/orders;INIT=RUNSCRIPT FROM 'no-such-file'\\;ALTER USER SA SET PASSWORD 'SEKRIT'",
        "jdbc:h2:tcp://u:SEKRIT@localhost/x",
        "jdbc:mysql://u:SEKRIT@localhost/x");
  }

  @ParameterizedTest
  @MethodSource("urls")
  void keepsWhatStandsInAUrl(String url) {
    assertKept(refusal(url.replace("DIRECTORY", directory.toString()), builder -> builder));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost:abc/SEKRIT?user=SEKRIT",
        "jdbc:h2:file:DIRECTORY/orders;SEKRIT=SEKRIT",
      })
  void keepsThePasswordOfTheDefinitionInWhatTheDriverSays(String url) {
    Throwable refusal =
        refusal(
            url.replace("DIRECTORY", directory.toString()),
            builder -> builder.username("shop").password(SECRET));

    for (Throwable cause = refusal.getCause(); cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void keepsAWrongPassword() {
    PostgresFixture pg = PostgresFixture.fresh();
    assertKept(refusal(pg.owner().url(), builder -> builder.username(pg.name()).password(SECRET)));
  }

  /** Whoever looks for what went wrong still finds the class and the place. */
  @Test
  void tellsTheClassAndThePlaceOfACause() {
    Throwable refusal =
        refusal("jdbc:postgresql://localhost:1/x?PASSWORD=SEKRIT%zz", builder -> builder);

    assertThat(printed(refusal)).contains("IllegalArgumentException", "at org.postgresql.");
  }
}
