package dev.handfast.xa.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

  private static final int PATIENCE = 10_000;
  private static final int MOMENT = 150;

  private final LeakCheck before = LeakCheck.of();
  private final AtomicInteger served = new AtomicInteger();
  private ServerSocket server;
  private TcpProxy network;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::serve, "echo");
    acceptor.setDaemon(true);
    acceptor.start();
    network = TcpProxy.to("127.0.0.1", server.getLocalPort()).start();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        served.incrementAndGet();
        Thread echo = new Thread(() -> echo(socket), "echo");
        echo.setDaemon(true);
        echo.start();
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void echo(Socket socket) {
    try (socket;
        InputStream in = socket.getInputStream()) {
      in.transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // Reset.
    } finally {
      served.decrementAndGet();
    }
  }

  @AfterEach
  void stop() throws IOException {
    network.close();
    server.close();
    before.assertNothingLeft();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), network.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private static void say(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
  }

  private static int hear(Socket socket) throws IOException {
    return socket.getInputStream().read();
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(MOMENT);
    assertThatThrownBy(() -> hear(socket)).isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(PATIENCE);
  }

  @Test
  void handsOnBothWaysAndCounts() throws IOException {
    try (Socket one = connect();
        Socket two = connect()) {
      say(one, 1);
      say(two, 2);

      assertThat(hear(one)).isEqualTo(1);
      assertThat(hear(two)).isEqualTo(2);
      assertThat(network.connections()).isEqualTo(2);
    }
    await().until(() -> network.connections() == 0 && served.get() == 0);
    assertThat(network.accepted()).isEqualTo(2);
  }

  @Test
  void whatStallsArrivesAfterwards() throws IOException {
    try (Socket old = connect()) {
      say(old, 1);
      assertThat(hear(old)).isEqualTo(1);
      network.stall();
      say(old, 2);
      try (Socket fresh = connect()) {
        say(fresh, 3);
        assertSilent(old);
        assertSilent(fresh);
        network.resume();

        assertThat(hear(old)).isEqualTo(2);
        assertThat(hear(fresh)).isEqualTo(3);
      }
    }
  }

  @Test
  void whatIsDroppedNeverArrivesAndItsConnectionIsResetAfterwards() throws IOException {
    try (Socket quiet = connect();
        Socket loser = connect()) {
      say(quiet, 1);
      say(loser, 1);
      assertThat(hear(quiet) + hear(loser)).isEqualTo(2);
      network.drop();
      say(loser, 2);
      assertSilent(loser);
      network.resume();

      assertThatThrownBy(() -> hear(loser)).isInstanceOf(SocketException.class);
      say(quiet, 3);
      assertThat(hear(quiet)).isEqualTo(3);
    }
  }

  @Test
  void resetIsSeenOnBothSidesAndTheNextConnectionWorks() throws IOException {
    try (Socket old = connect()) {
      say(old, 1);
      assertThat(hear(old)).isEqualTo(1);
      network.reset();

      assertThatThrownBy(() -> hear(old)).isInstanceOf(SocketException.class);
    }
    await().until(() -> served.get() == 0);
    try (Socket next = connect()) {
      say(next, 2);
      assertThat(hear(next)).isEqualTo(2);
    }
  }

  @Test
  void halfOpenIsSeenByTheServerAlone() throws IOException {
    try (Socket old = connect()) {
      say(old, 1);
      assertThat(hear(old)).isEqualTo(1);
      network.halfOpen();

      await().until(() -> served.get() == 0);
      say(old, 2);
      assertSilent(old);
      try (Socket next = connect()) {
        say(next, 3);
        assertThat(hear(next)).isEqualTo(3);
      }
    }
    await().until(() -> network.connections() == 0);
  }

  @Test
  void refusesWhoIsNewAndNobodyElse() throws IOException {
    try (Socket old = connect()) {
      say(old, 1);
      assertThat(hear(old)).isEqualTo(1);
      network.refuse();

      assertThatThrownBy(
              () -> {
                try (Socket fresh = connect()) {
                  hear(fresh);
                }
              })
          .isInstanceOf(SocketException.class);
      say(old, 2);
      assertThat(hear(old)).isEqualTo(2);
      network.resume();
      try (Socket next = connect()) {
        say(next, 3);
        assertThat(hear(next)).isEqualTo(3);
      }
    }
  }

  @Test
  void aServerThatIsNotThereResets() throws IOException {
    try (Socket taken = new Socket()) {
      // Bound and not listening: no other process of a busy machine can be there either.
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      network.close();
      network = TcpProxy.to("127.0.0.1", taken.getLocalPort()).start();
      try (Socket socket = connect()) {
        assertThatThrownBy(() -> hear(socket)).isInstanceOf(SocketException.class);
      }
      await().until(() -> network.connections() == 0);
    }
  }
}
