package dev.handfast.xa.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After close nothing holds the class loader of Handfast, of what it uses and of the application,
 * also where the threads that worked live on.
 */
final class RedeployIT {

  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          // What is softly held goes when memory is short; here that is always.
          "-XX:SoftRefLRUPolicyMSPerMB=0",
          // Lets Tomcat look for thread-locals and the like that were left.
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");

  private static final String LOG_SETTINGS = "-Djava.util.logging.config.file";

  @TempDir private Path directory;
  private BrokerProcess broker;

  @BeforeEach
  void startBroker() {
    broker = BrokerProcess.start(directory.resolve("broker"));
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void theClassLoaderIsFreedThoughItsThreadsLiveOn() throws Exception {
    assertThat(run(LoaderMain.class, classPath(), settings("5")))
        .containsExactly("0 of 5 class loaders remain");
  }

  @Test
  void aWebApplicationIsFreedWhenItIsTakenAway() throws Exception {
    redeploy(4);
  }

  @Test
  @Tag("campaign")
  void aWebApplicationIsFreedTwentyTimes() throws Exception {
    redeploy(20);
  }

  private void redeploy(int times) throws Exception {
    Path application = directory.resolve("application");
    WebApplication.make(application, classPath().filter(entry -> !isTomcats(entry)).toList());
    Path tests =
        Path.of(RedeployIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Stream<Path> server = classPath().filter(entry -> isTomcats(entry) || entry.equals(tests));
    List<String> settings = settings(String.valueOf(times));
    settings.add(1, application.toString());

    assertThat(run(TomcatMain.class, server, settings))
        .containsExactly("0 of " + times + " class loaders remain");
  }

  private List<String> settings(String rounds) {
    return new ArrayList<>(
        List.of(
            rounds,
            directory.resolve("tx-log").toString(),
            "jdbc:h2:file:" + directory.resolve("orders"),
            broker.url(),
            "redeploy"));
  }

  private static Stream<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .filter(Files::exists);
  }

  private static boolean isTomcats(Path entry) {
    return entry.getFileName().toString().startsWith("tomcat-");
  }

  /** Runs a main class in a JVM of its own, and returns what it printed. */
  private List<String> run(Class<?> main, Stream<Path> classPath, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add(LOG_SETTINGS + "=" + System.getProperty(LOG_SETTINGS.substring(2)));
    command.addAll(
        List.of(
            "-cp",
            String.join(File.pathSeparator, classPath.map(Path::toString).toList()),
            main.getName()));
    command.addAll(arguments);
    Path errors = directory.resolve("errors");
    Path printed = directory.resolve("printed");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(printed.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends by itself").isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      return Files.readAllLines(printed);
    } finally {
      process.destroyForcibly();
    }
  }
}
