package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trap 10, on a broker of the last release that had it. */
class RecoverySessionIT {

  private static final String QUEUE = "events";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path brokerDirectory;
  static BrokerProcess broker;
  static BrokerQueues queues;

  @BeforeAll
  static void startBroker() {
    broker =
        BrokerProcess.builder(brokerDirectory).release(Path.of("target", "old-broker")).start();
    queues = new BrokerQueues(broker.url());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** Trap 10: a branch that is not there is rolled back, and the work of the session goes. */
  @Test
  void aBareSessionAtWorkLosesItToTheRollbackOfAnUnknownBranch() throws Exception {
    try (BareSession bare = BareSession.open(broker.url())) {
      Xid unknown = new XidImpl(new byte[] {1}, 1, new byte[] {1, 2, 3});
      Xid working = bare.start();
      bare.send("bare", "lost");

      assertThat(BareSession.errorOf(() -> bare.xa().rollback(unknown)))
          .isEqualTo(XAException.XAER_NOTA);
      assertThat(BareSession.errorOf(() -> bare.xa().end(working, XAResource.TMSUCCESS)))
          .isEqualTo(XAException.XAER_PROTO);
      assertThat(bare.xa().prepare(working)).isEqualTo(XAResource.XA_OK);
    }
    assertThat(queues.count("bare")).isZero();
    assertThat(queues.preparedBranches()).isEmpty();
  }

  /** Trap 10: no session that works ever lists or finishes a branch that is not its own. */
  @Test
  void handfastRecoversOnASessionOfItsOwnAndWarnsOfTheBroker(@TempDir Path directory)
      throws Exception {
    List<Byte> sent = new CopyOnWriteArrayList<>();
    List<String> warnings = new CopyOnWriteArrayList<>();
    Logger log = Logger.getLogger("dev.handfast");
    Handler listener = into(warnings);
    log.addHandler(listener);
    try (ActiveMQConnectionFactory factory = watched(sent);
        H2World world = new H2World(directory, broker, QUEUE, events(factory))) {
      leaveAnOrphan(world);
      sent.clear();
      world
          .handfast()
          .run(
              () -> {
                world.send("before");
                assertThat(world.handfast().recovery().recover(PATIENCE).isComplete()).isTrue();
                assertThat(queues.preparedBranches()).isEmpty();
                world.send("after");
              });

      assertThat(sent)
          .contains(PacketImpl.SESS_XA_COMMIT)
          .doesNotContain(PacketImpl.SESS_XA_ROLLBACK, PacketImpl.SESS_XA_INDOUBT_XIDS);
      assertThat(world.messages()).containsExactly("before", "after");
      world.assertNothingInDoubt();
    } finally {
      log.removeHandler(listener);
    }
    assertThat(warnings)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("HANDFAST001005", "the broker is version 2.44", "ARTEMIS-5806"));
  }

  private static ArtemisResource events(ActiveMQConnectionFactory factory) {
    return ArtemisResource.named("events")
        .connectionFactory(factory)
        .maxSessions(H2World.POOL)
        .build();
  }

  private static ActiveMQConnectionFactory watched(List<Byte> sent) {
    ActiveMQConnectionFactory factory =
        new ActiveMQConnectionFactory(
            broker.url() + "?useTopologyForLoadBalancing=false&useEpoll=false");
    factory
        .getServerLocator()
        .addOutgoingInterceptor(
            (packet, connection) -> {
              sent.add(packet.getType());
              return true;
            });
    return factory;
  }

  private static Handler into(List<String> messages) {
    return new Handler() {
      @Override
      public void publish(LogRecord message) {
        messages.add(String.valueOf(message.getMessage()));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static void leaveAnOrphan(H2World world) {
    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.send("orphan");
                          world.hook(
                              () -> {
                                broker.kill();
                                throw new IllegalStateException("votes for a rollback");
                              });
                        }))
        .isInstanceOf(RolledBackException.class);
    broker.restart();
    assertThat(queues.preparedBranches()).hasSize(1);
  }
}
