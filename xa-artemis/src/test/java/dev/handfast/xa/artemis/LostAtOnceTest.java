package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.testkit.LeakCheck;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that dies right after it has accepted a connection. */
class LostAtOnceTest {

  private final ManualTransactions context = new ManualTransactions(Duration.ofSeconds(2));
  private ServerSocket dying;
  private Thread accepts;
  private LeakCheck before;
  private ArtemisResourceManager manager;

  @BeforeEach
  void start() throws IOException {
    dying = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepts = new Thread(this::hangUp, "dying-broker");
    accepts.start();
    before = LeakCheck.of();
    manager =
        (ArtemisResourceManager)
            ArtemisResource.named("events")
                .url("tcp://127.0.0.1:" + dying.getLocalPort())
                .callTimeout(Duration.ofSeconds(1))
                .build()
                .open(context);
  }

  @AfterEach
  void stop() throws Exception {
    dying.close();
    accepts.join();
  }

  @Test
  void leavesNoThreadOfAConnectionThatNeverCameUp() throws Exception {
    assertThatThrownBy(this::send).isInstanceOf(JMSRuntimeException.class);
    assertThatThrownBy(() -> context.committed(this::send)).isInstanceOf(JMSRuntimeException.class);

    manager.close();

    before.assertNothingLeft();
  }

  @Test
  void leavesNoThreadOfRecovery() throws Exception {
    assertThatThrownBy(() -> manager.recoveryResource().recover(XAResource.TMSTARTRSCAN))
        .isInstanceOf(XAException.class);

    manager.close();

    before.assertNothingLeft();
  }

  private void send() {
    try (JMSContext jms = manager.handle().createContext()) {
      jms.createProducer().send(jms.createQueue("q"), "a");
    }
  }

  private void hangUp() {
    while (!dying.isClosed()) {
      try (Socket accepted = dying.accept()) {
        accepted.getInputStream().read();
      } catch (IOException e) {
        // closed by either side
      }
    }
  }
}
