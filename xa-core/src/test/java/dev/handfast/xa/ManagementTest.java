package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.LiveThreads;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The ways in from outside: the control socket and the MXBean. */
final class ManagementTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast = null;

  private void start() {
    handfast = Nodes.start(directory, orders, events);
  }

  @AfterEach
  void close() {
    if (handfast != null) {
      handfast.close();
    }
  }

  private Path socket() {
    return directory.resolve("log/control.sock");
  }

  private String ask(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket()));
      channel.write(StandardCharsets.UTF_8.encode(request + "\n"));
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      return in.readLine();
    }
  }

  @Test
  void listsAndOrdersOverTheSocket() throws IOException {
    start();
    Xid xid = Xids.of("test-1~zzzzzz", 1);
    orders.leavePrepared(xid);
    String gtrid = XidKey.of(xid).gtrid();

    assertThat(ask("{\"command\":\"list\"}"))
        .contains("\"gtrid\":\"" + gtrid + "\"", "\"state\":\"QUARANTINED\"");
    assertThat(
            ask(
                "{\"command\":\"rollback\",\"gtrids\":[\""
                    + gtrid
                    + "\"],\"reason\":\"by socket\"}"))
        .contains("\"outcome\":\"DONE\"", "\"outcome\":\"ROLLED_BACK\"");

    assertThat(orders.rolledBack()).containsExactly(gtrid);
    assertThat(Files.readString(directory.resolve("log/audit.log")))
        .contains(
            "\"via\":\"control-socket\"",
            "\"user\":\"" + System.getProperty("user.name") + "\"",
            "by socket");
    assertThat(ask("{\"command\":\"status\"}")).contains("\"node\":\"test-1\"");
  }

  @Test
  void isThereFromStartToClose() {
    LiveThreads before = LiveThreads.now();
    start();
    assertThat(socket()).exists();

    handfast.close();

    assertThat(socket()).doesNotExist();
    await().pollInSameThread().untilAsserted(() -> assertThat(before.added()).isEmpty());
  }

  @Test
  void canBeSwitchedOff() {
    handfast = Nodes.builder(directory, orders).controlSocket(false).start();

    assertThat(socket()).doesNotExist();
  }

  @Test
  void canBeSwitchedOffByItsKey() {
    handfast =
        Handfast.start(
            Map.of(
                "handfast.node-name", "test-1",
                "handfast.log-store.directory", directory.resolve("log").toString(),
                "handfast.log-store.allow-ram-disk", "true",
                "handfast.control.enabled", "false"));

    assertThat(socket()).doesNotExist();
  }

  @Test
  void startsThoughThereCanBeNoSocket() throws IOException {
    Files.createDirectories(socket().resolve("in-the-way"));

    start();

    assertThat(log.warnings()).anyMatch(line -> line.contains("HANDFAST001073"));
    handfast.run(() -> handfast.resource(orders).work());
  }

  @Test
  void closesWhileSomebodyWaitsForRecovery() throws Exception {
    start();
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(
        () -> {
          handfast.resource(orders).work();
          handfast.resource(events).work();
        });
    orders.clearCalls();
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ask("{\"command\":\"recover\",\"timeout\":\"PT10M\"}");
              } catch (IOException e) {
                return null;
              }
            });
    await().until(() -> orders.calls().contains("r:recover"));
    long begin = System.nanoTime();

    handfast.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(waiting.get()).isNull();
  }

  @Test
  void isReadByMonitors() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.handfast:type=Recovery,node=test-1");
    start();
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(
        () -> {
          handfast.resource(orders).work();
          handfast.resource(events).work();
        });
    handfast.recovery().recover(Duration.ZERO);

    assertThat(server.getAttribute(name, "Node")).isEqualTo("test-1");
    assertThat(server.getAttribute(name, "LoggedTransactions")).isEqualTo(1);
    assertThat(server.getAttribute(name, "InDoubtBranches")).isEqualTo(1);
    assertThat(server.getAttribute(name, "ActiveTransactions")).isEqualTo(0);
    assertThat((long) server.getAttribute(name, "OldestDecisionSeconds")).isBetween(0L, 60L);
    assertThat((String[]) server.getAttribute(name, "UnreachableResources")).isEmpty();
    assertThat((String[]) server.getAttribute(name, "Attention")).isEmpty();
    assertThat(server.invoke(name, "list", null, null).toString())
        .startsWith("{\"schemaVersion\":1,\"node\":\"test-1\",\"transactions\":[{\"gtrid\":\"");
    assertThat(server.getMBeanInfo(name).getOperations()).hasSize(1);
    assertThat(server.getMBeanInfo(name).getAttributes()).noneMatch(a -> a.isWritable());
    events.behave();
    handfast.close();
    assertThat(server.isRegistered(name)).isFalse();
  }
}
