package dev.handfast.xa.internal.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control socket of a process that is killed, or has no files left. */
final class ControlProcessTest {

  @TempDir Path directory;

  @Test
  void removesTheTemporaryDirectoryOfADeadProcess() throws Exception {
    Path deep = Files.createDirectories(directory.resolve("d".repeat(60)).resolve("e".repeat(60)));
    Path left;
    try (ControlChild child = new ControlChild(deep, directory)) {
      left = Path.of(child.tell("path"));
      child.kill();
    }
    assertThat(left).exists();

    try (ControlChild next = new ControlChild(deep, directory)) {
      assertThat(Path.of(next.tell("path"))).exists().isNotEqualTo(left);
      assertThat(left.getParent()).doesNotExist();
    }
  }

  /** It waits for a file to be had, and does not turn in a circle meanwhile. */
  @Test
  void outlivesAMomentWithoutAFile() throws Exception {
    try (ControlChild child = new ControlChild(directory, directory)) {
      Path path = Path.of(child.tell("path"));
      assertThat(child.tell("warm")).isEqualTo("ok");
      assertThat(child.tell("fill")).isEqualTo("ok");
      try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        client.connect(UnixDomainSocketAddress.of(path));
        client.write(StandardCharsets.UTF_8.encode("{\"command\":\"status\"}\n"));
        await().until(() -> Integer.parseInt(child.tell("refused")) > 2);
        assertThat(Integer.parseInt(child.tell("refused"))).isLessThan(100);

        child.tell("free");

        assertThat(
                new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)).readLine())
            .contains("The runtime is closed");
      }
    }
  }
}
