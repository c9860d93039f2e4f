package dev.handfast.xa.internal.management;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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

    @Override
    public RecoveryReport recover(Duration timeout) {
      asked.add("recover " + timeout);
      try {
        recovered.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new RecoveryReport(1, 2, 3, List.of("events"), Duration.ofMillis(4));
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
            PATIENCE);
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
        "{\"command\":\"list\",\"olderThan\":\"5m\"}"
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
    server = ControlServer.open(directory, user -> new Noting(), Duration.ofMinutes(1));
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
    send(client, "{\"command\":\"recover\",\"timeout\":\"PT1M\"}\n");
    await().until(() -> asked.contains("recover PT1M"));
    SocketChannel silent = connect();
    assertThat(answer(silent)).as("longer than the patience").isEmpty();

    recovered.countDown();

    assertThat(answer(client)).contains("\"committed\":1,\"rolledBack\":2,\"unresolved\":3");
  }

  @Test
  void servesAFewAtATime() throws IOException {
    for (int i = 0; i < 4; i++) {
      send(connect(), "{\"command\":\"recover\"}\n");
    }
    await().until(() -> asked.stream().filter("recover PT1M"::equals).count() == 4);

    assertThat(answer(connect())).contains("\"kind\":\"busy\"");

    recovered.countDown();
    await()
        .ignoreException(IOException.class)
        .untilAsserted(
            () -> assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true"));
  }

  @Test
  void removesWhatADeadProcessLeft() throws IOException {
    Path path = server.path();
    server.close();
    assertThat(path).doesNotExist();
    Files.writeString(path, "stale");

    server = ControlServer.open(directory, user -> new Noting(), PATIENCE);

    assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true");
  }

  @Test
  void goesElsewhereWhereThePathIsTooLong() throws IOException {
    Path deep = Files.createDirectories(directory.resolve("d".repeat(60)).resolve("e".repeat(60)));
    server.close();

    server = ControlServer.open(deep, user -> new Noting(), PATIENCE);

    Path path = server.path();
    assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"ok\":true");
    assertThat(Files.readString(deep.resolve("owner"))).isEqualTo("control " + path + "\n");
    Path parent = path.getParent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
        .isEqualTo("rwx------");
    server.close();
    assertThat(parent).doesNotExist();
  }
}
