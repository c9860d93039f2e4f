package dev.handfast.xa.internal.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.scripted.LiveThreads;
import dev.handfast.xa.scripted.TestPlatform;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol and its limits, over a recovery that notes what it was asked. */
final class ControlServerTest {

  private static final Duration PATIENCE = Duration.ofMillis(300);

  @TempDir Path directory;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> clients = new ArrayList<>();
  private final CountDownLatch recovered = new CountDownLatch(1);
  private final TestPlatform platform = new TestPlatform();
  private final LiveThreads before = LiveThreads.now();
  private ControlServer server;

  /** Notes and answers. */
  private final class Noting implements Recovery {

    @Override
    public Status status() {
      asked.add("status");
      return new Status(
          "shop-1",
          "abcdef",
          7,
          List.of(),
          0,
          0,
          0,
          null,
          List.of(),
          new RecoveryReport(0, 0, 0, List.of(), Duration.ZERO));
    }

    /** Does a little, and is done when all is recovered or the time is up, as it should. */
    @Override
    public RecoveryReport recover(Duration timeout) {
      asked.add("recover " + timeout);
      try {
        boolean done = recovered.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        List<String> unreachable = done ? List.of() : List.of("events");
        return new RecoveryReport(1, 2, done ? 0 : 3, unreachable, Duration.ofMillis(4));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public InDoubt inDoubt(Filter filter) {
      asked.add("list " + filter);
      return new InDoubt("shop-1", List.of(), List.of("events"));
    }

    @Override
    public ActionReport preview(Action action, Selection selection) {
      return report("preview " + action, selection, "");
    }

    @Override
    public ActionReport commit(Selection selection, String reason) {
      return report("commit", selection, reason);
    }

    @Override
    public ActionReport rollback(Selection selection, String reason) {
      return report("rollback", selection, reason);
    }

    @Override
    public ActionReport forget(Selection selection, String reason) {
      return report("forget", selection, reason);
    }

    private ActionReport report(String what, Selection selection, String reason) {
      asked.add(what + " " + selection + " " + reason);
      return new ActionReport(Action.COMMIT, List.of(), "", List.of());
    }

    @Override
    public ActionReport acceptResource(String name, String reason) {
      asked.add("accept " + name + " " + reason);
      return new ActionReport(Action.ACCEPT_RESOURCE, List.of(), "no", List.of());
    }

    @Override
    public ActionReport acceptStore(String reason) {
      throw new IllegalStateException("The runtime is closed");
    }
  }

  @BeforeEach
  void open() throws IOException {
    server =
        ControlServer.open(
            directory,
            user -> {
              asked.add("user " + user);
              return new Noting();
            },
            PATIENCE,
            platform);
  }

  @AfterEach
  void close() throws IOException {
    recovered.countDown();
    server.close();
    for (SocketChannel client : clients) {
      client.close();
    }
    await().pollInSameThread().untilAsserted(() -> assertThat(before.added()).isEmpty());
  }

  private SocketChannel connect() throws IOException {
    SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
    clients.add(client);
    client.connect(UnixDomainSocketAddress.of(server.path()));
    return client;
  }

  private static void send(SocketChannel client, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  /** What comes until the line ends, or the connection. */
  private static String answer(SocketChannel client) throws IOException {
    StringBuilder line = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (client.read(one.clear()) > 0 && one.get(0) != '\n') {
      line.append((char) one.get(0));
    }
    return line.toString();
  }

  private String ask(String request) throws IOException {
    SocketChannel client = connect();
    send(client, request + "\n");
    return answer(client);
  }

  @Test
  void answersLineByLine() throws IOException {
    SocketChannel client = connect();
    send(client, "{\"command\":\"status\"}\n{\"command\":");

    assertThat(answer(client))
        .startsWith("{\"ok\":true,\"result\":{\"schemaVersion\":1,\"node\":\"shop-1\"");
    send(client, "\"list\",\"resources\":[\"events\"],\"olderThan\":\"PT5M\",\"limit\":3}\n");
    assertThat(answer(client))
        .isEqualTo(
            "{\"ok\":true,\"result\":{\"schemaVersion\":1,\"node\":\"shop-1\",\"transactions\":[],"
                + "\"unreachable\":[\"events\"]}}");
    assertThat(asked)
        .containsExactly(
            "user " + System.getProperty("user.name"),
            "status",
            "list "
                + Filter.all()
                    .withResource("events")
                    .withOlderThan(Duration.ofMinutes(5))
                    .withLimit(3));
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void handsOrdersOn() throws IOException {
    assertThat(
            ask("{\"command\":\"commit\",\"gtrids\":[\"AB\"],\"reason\":\"why\",\"force\":true}"))
        .startsWith("{\"ok\":true");
    assertThat(
            ask(
                "{\"command\":\"forget\",\"states\":[\"QUARANTINED\"],\"expected\":2,\"reason\":\"why\"}"))
        .startsWith("{\"ok\":true");
    assertThat(
            ask(
                "{\"command\":\"rollback\",\"gtrids\":[\"ab\"],\"reason\":\"why\",\"preview\":true}"))
        .startsWith("{\"ok\":true");
    assertThat(ask("{\"command\":\"resource accept\",\"name\":\"events\",\"reason\":\"why\"}"))
        .contains("\"refusal\":\"no\"");

    assertThat(asked)
        .filteredOn(line -> !line.startsWith("user"))
        .containsExactly(
            "commit " + Selection.of("ab").withForce() + " why",
            "forget "
                + Selection.matching(
                    Filter.all()
                        .withStates(dev.handfast.xa.recovery.InDoubtTransaction.State.QUARANTINED),
                    2)
                + " why",
            "preview ROLLBACK " + Selection.of("ab") + " ",
            "accept events why");
  }

  @Test
  void tellsOfAFailure() throws IOException {
    assertThat(ask("{\"command\":\"store accept\",\"reason\":\"why\"}"))
        .isEqualTo("{\"ok\":false,\"kind\":\"failed\",\"error\":\"The runtime is closed\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{}",
        "{\"command\":\"format\"}",
        "{\"command\":7}",
        "{\"command\":\"status\",\"more\":1}",
        "{\"command\":\"commit\",\"gtrids\":[\"ab\"]}",
        "{\"command\":\"commit\",\"reason\":\"in bulk without a number\"}",
        "{\"command\":\"commit\",\"gtrids\":[7],\"reason\":\"r\"}",
        "{\"command\":\"commit\",\"gtrids\":[\"ab\"],\"reason\":\"r\",\"forced\":true}",
        "{\"command\":\"list\",\"states\":[\"LOST\"]}",
        "{\"command\":\"list\",\"limit\":-1}",
        "{\"command\":\"list\",\"limit\":0}",
        "{\"command\":\"list\",\"olderThan\":\"5 minutes\"}",
        "{\"command\":\"list\",\"olderThan\":\"-5m\"}",
        "{\"command\":\"list\",\"olderThan\":\"P200000D\"}",
        "{\"command\":\"list\",\"olderThan\":\"60\"}",
        "{\"command\":\"list\",\"gtrids\":[\"abc\"]}",
        "{\"command\":\"show\",\"gtrid\":\"all\"}",
        "{\"command\":\"recover\",\"timeout\":\"PT9223372036854775807S\"}",
        "{\"command\":\"recover\",\"timeout\":\"-PT1S\"}",
        "{\"command\":\"recover\",\"timeout\":\"2h\"}",
        "{\"command\":\"recover\",\"timeout\":\"60\"}"
      })
  void refusesWhatIsNoRequestAndGoesOn(String request) throws IOException {
    SocketChannel client = connect();
    send(client, request + "\n");

    assertThat(answer(client)).startsWith("{\"ok\":false,\"kind\":\"request\",\"error\":\"");
    assertThat(asked).filteredOn(line -> !line.startsWith("user")).isEmpty();
    send(client, "{\"command\":\"status\"}\n");
    assertThat(answer(client)).startsWith("{\"ok\":true");
  }

  @Test
  void readsALongLineAndNoLongerOne() throws IOException {
    server.close();
    server = ControlServer.open(directory, user -> new Noting(), Duration.ofMinutes(1), platform);
    String gtrids = "\"" + "ab".repeat(40) + "\",";
    String many = gtrids.repeat(40_000);
    assertThat(ask("{\"command\":\"list\",\"gtrids\":[" + many + "\"00\"]}"))
        .startsWith("{\"ok\":true");

    SocketChannel client = connect();
    String part = "x".repeat(1 << 20);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    send(client, part);
                  }
                }))
        .as("cut off")
        .isInstanceOf(IOException.class);
  }

  @Test
  void cutsASilentClientOff() throws IOException {
    SocketChannel silent = connect();
    SocketChannel slow = connect();
    send(slow, "{\"command\":");

    assertThat(answer(silent)).isEmpty();
    assertThat(answer(slow)).isEmpty();
    assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true");
  }

  @Test
  void waitsForAnAnswerLongerThanForAQuestion() throws Exception {
    SocketChannel client = connect();
    send(client, "{\"command\":\"recover\",\"timeout\":\"60s\"}\n");
    await().until(() -> asked.contains("recover PT1S"));
    SocketChannel silent = connect();
    assertThat(answer(silent)).as("longer than the patience").isEmpty();

    recovered.countDown();

    assertThat(answer(client)).contains("\"ok\":true", "\"unresolved\":0");
  }

  @Test
  void servesAFewAtATime() throws IOException {
    for (int i = 0; i < 4; i++) {
      send(connect(), "{\"command\":\"recover\"}\n");
    }
    await().until(() -> asked.stream().filter("recover PT1S"::equals).count() == 4);

    assertThat(answer(connect())).contains("\"kind\":\"busy\"");

    recovered.countDown();
    await()
        .ignoreException(IOException.class)
        .untilAsserted(
            () -> assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true"));
  }

  @Test
  void addsUpWhatWasRecoveredInTheGivenTime() throws IOException {
    assertThat(ask("{\"command\":\"recover\",\"timeout\":\"1100ms\"}"))
        .contains("\"committed\":2,\"rolledBack\":4,\"unresolved\":3,\"unreachable\":[\"events\"]");
  }

  @Test
  void givesThePlaceOfAClientBackThatHangsUp() throws IOException {
    for (int i = 0; i < 4; i++) {
      SocketChannel client = connect();
      send(client, "{\"command\":\"recover\",\"timeout\":\"1h\"}\n");
      await().until(() -> asked.contains("recover PT1S"));
      client.close();
    }

    await()
        .ignoreException(IOException.class)
        .untilAsserted(
            () -> assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true"));
    asked.clear();
    await().during(Duration.ofMillis(1_500)).until(() -> !asked.contains("recover PT1S"));
  }

  @Test
  void answersAClientThatHasSaidAllItHadToSay() throws IOException {
    SocketChannel client = connect();
    send(client, "{\"command\":\"recover\",\"timeout\":\"1h\"}\n");
    client.shutdownOutput();
    await().until(() -> asked.stream().filter("recover PT1S"::equals).count() > 2);

    recovered.countDown();

    assertThat(answer(client).strip()).startsWith("{\"ok\":true");
  }

  @Test
  void saysOfALineThatIsNoTextThatItIsNone() throws IOException {
    SocketChannel client = connect();
    client.write(ByteBuffer.wrap(new byte[] {'{', '"', (byte) 0xC3, '(', '"', '\n'}));

    assertThat(answer(client)).contains("\"kind\":\"request\"", "not UTF-8");
    send(client, "{\"command\":\"status\"}\n{");
    assertThat(answer(client)).startsWith("{\"ok\":true");
    client.shutdownOutput();
    assertThat(answer(client)).contains("\"kind\":\"request\"", "has no end");
  }

  @Test
  void saysOfATransactionThatNothingOfItIsInDoubt() throws IOException {
    assertThat(ask("{\"command\":\"list\",\"gtrids\":[\"AB\",\"00\"]}"))
        .contains("\"transactions\":[]", "\"notFound\":[\"00\",\"ab\"]");
    assertThat(ask("{\"command\":\"show\",\"gtrid\":\"AB\"}"))
        .contains("\"kind\":\"request\"", "[ab]", "[events] could not be asked");
  }

  @Test
  void outlivesAMomentWithoutAThread() throws IOException {
    SocketChannel first = connect();
    send(first, "{\"command\":\"status\"}\n");
    assertThat(answer(first)).startsWith("{\"ok\":true");
    platform.refuseThreads("handfast-control");

    assertThat(answer(connect())).as("closed").isEmpty();

    platform.refuseThreads("none");
    assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true");
  }

  @Test
  void isNotOpenedWithoutAThread() {
    server.close();
    platform.refuseThreads("handfast-control");

    assertThatThrownBy(() -> ControlServer.open(directory, user -> new Noting(), platform))
        .isInstanceOf(IOException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void removesWhatADeadProcessLeft() throws IOException {
    Path path = server.path();
    server.close();
    assertThat(path).doesNotExist();
    Files.writeString(path, "stale");

    server = ControlServer.open(directory, user -> new Noting(), PATIENCE, platform);

    assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true");
  }

  @Test
  void goesElsewhereWhereThePathIsTooLong() throws IOException {
    Path deep = Files.createDirectories(directory.resolve("d".repeat(60)).resolve("e".repeat(60)));
    server.close();

    server = ControlServer.open(deep, user -> new Noting(), PATIENCE, platform);

    Path path = server.path();
    assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true");
    assertThat(Files.readString(deep.resolve("owner"))).isEqualTo("control " + path + "\n");
    Path parent = path.getParent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
        .isEqualTo("rwx------");
    server.close();
    assertThat(parent).doesNotExist();
    assertThat(Files.exists(deep.resolve("control.sock"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void touchesNothingOfOthersThatALinkNames() throws IOException {
    server.close();
    Path other = Files.createDirectory(directory.resolve("handfast-other"));
    Files.writeString(other.resolve("control.sock"), "");
    Files.writeString(other.resolve("kept"), "");
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "");
    for (Path target : List.of(elsewhere, other.resolve("kept"), Path.of("/"))) {
      Files.createSymbolicLink(directory.resolve("control.sock"), target);

      server = ControlServer.open(directory, user -> new Noting(), PATIENCE, platform);

      assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true");
      server.close();
      assertThat(elsewhere).exists();
      assertThat(other.resolve("kept")).exists();
    }
  }
}
