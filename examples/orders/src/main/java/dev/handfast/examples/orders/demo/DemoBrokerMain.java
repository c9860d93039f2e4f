package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Parent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An Artemis broker with a journal on disk, on the loopback address, with a {@link PacketTrap}.
 *
 * <p>It tells {@code listening PORT IN-DOUBT}, {@code trapped}, {@code in-doubt BRANCHES}, and
 * {@code left NUMBER MESSAGES}; it obeys {@code trap KIND USER}, {@code slow MILLIS}, {@code
 * release USER}, and {@code await-empty NUMBER QUEUE}.
 */
public final class DemoBrokerMain {

  private static final String ACCEPTOR = "loopback";
  private static final int FOR_EVER = -1;

  private DemoBrokerMain() {}

  /**
   * Arguments: a directory for the journal, the port or 0 for a free one, the queue of dead
   * letters, and the other queues.
   */
  public static void main(String[] args) throws Exception {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Parent parent = Parent.connect(orders::add);
    PacketTrap trap = new PacketTrap(() -> parent.tell("trapped"));
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration(Path.of(args[0]), List.of(args).subList(2, args.length)));
    broker.start();
    ActiveMQServer server = broker.getActiveMQServer();
    RunningBroker running = new RunningBroker(server);
    int inDoubt = running.inDoubt();
    parent.tell("listening", listen(server, trap, args[1]), inDoubt);
    while (true) {
      obey(orders.take().split(" ", 3), trap, running, parent);
    }
  }

  private static void obey(String[] order, PacketTrap trap, RunningBroker running, Parent parent)
      throws InterruptedException {
    switch (order[0]) {
      case "trap" -> trap.set(PacketTrap.Prey.valueOf(order[1]), order[2]);
      case "slow" -> trap.slowDown(Integer.parseInt(order[1]));
      case "release" -> {
        running.awaitNoSessions(order[1]);
        trap.open();
        parent.tell("in-doubt", running.inDoubt(order[1]));
      }
      case "await-empty" -> {
        Runnable watch = () -> parent.tell("left", order[1], running.awaitEmpty(order[2]));
        new Thread(watch, "watch-" + order[2]).start();
      }
      default -> {}
    }
  }

  /** Opens the port only now, so that nobody has changed what was found in doubt. */
  private static int listen(ActiveMQServer server, PacketTrap trap, String port) throws Exception {
    server.getRemotingService().addIncomingInterceptor(trap.incoming());
    server.getRemotingService().addOutgoingInterceptor(trap.outgoing());
    String uri = "tcp://127.0.0.1:" + port + "?protocols=CORE;useEpoll=false";
    NettyAcceptor acceptor =
        (NettyAcceptor) server.getRemotingService().createAcceptor(ACCEPTOR, uri);
    acceptor.start();
    return acceptor.getActualPort();
  }

  private static Configuration configuration(Path directory, List<String> queues) {
    Configuration configuration =
        new ConfigurationImpl()
            .setName("orders-demo")
            .setPersistenceEnabled(true)
            .setJournalType(JournalType.NIO)
            .setJournalDirectory(directory.resolve("journal").toString())
            .setBindingsDirectory(directory.resolve("bindings").toString())
            .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
            .setPagingDirectory(directory.resolve("paging").toString())
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .addAddressSetting("#", nothingIsDropped(queues.get(0)));
    for (String queue : queues) {
      configuration.addQueueConfiguration(
          QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setDurable(true));
    }
    configuration.setMaxDiskUsage(-1);
    return configuration;
  }

  /** A delivery that ends with a kill counts as a failed one, so the number must not decide. */
  private static AddressSettings nothingIsDropped(String deadLetters) {
    return new AddressSettings()
        .setDeadLetterAddress(SimpleString.of(deadLetters))
        .setMaxDeliveryAttempts(FOR_EVER)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false);
  }
}
