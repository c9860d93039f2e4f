package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Parent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * An Artemis broker with a journal on disk, on a free port of the loopback address, with a {@link
 * PacketTrap}.
 *
 * <p>It tells {@code listening PORT}, {@code trapped}, and {@code in-doubt BRANCHES}; it obeys
 * {@code trap KIND}, {@code slow MILLIS} and {@code release}.
 */
public final class BrokerMain {

  private static final Duration DEAD_CONNECTIONS_NOTICED = Duration.ofSeconds(10);
  private static final String ACCEPTOR = "loopback";

  private BrokerMain() {}

  /** Arguments: a directory for the journal, and the name of the queue. */
  public static void main(String[] args) throws Exception {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Parent parent = Parent.connect(orders::add);
    PacketTrap trap = new PacketTrap(() -> parent.tell("trapped"));
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration(Path.of(args[0]), args[1]));
    broker.start();
    ActiveMQServer server = broker.getActiveMQServer();
    server.getRemotingService().addIncomingInterceptor(trap);
    parent.tell("listening", port(server));
    while (true) {
      obey(orders.take(), trap, server, parent);
    }
  }

  private static void obey(String order, PacketTrap trap, ActiveMQServer server, Parent parent)
      throws Exception {
    String[] words = order.split(" ", 2);
    if (words[0].equals("trap")) {
      trap.set(PacketTrap.Prey.valueOf(words[1]));
    } else if (words[0].equals("slow")) {
      trap.slowDown(Integer.parseInt(words[1]));
    } else if (words[0].equals("release")) {
      awaitNoConnections(server);
      trap.set(PacketTrap.Prey.NOTHING);
      parent.tell("in-doubt", server.getActiveMQServerControl().listPreparedTransactions().length);
    }
  }

  private static void awaitNoConnections(ActiveMQServer server) {
    long end = System.nanoTime() + DEAD_CONNECTIONS_NOTICED.toNanos();
    while (server.getConnectionCount() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  private static int port(ActiveMQServer server) {
    return ((NettyAcceptor) server.getRemotingService().getAcceptor(ACCEPTOR)).getActualPort();
  }

  private static Configuration configuration(Path directory, String queue) throws Exception {
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
            .addQueueConfiguration(
                QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setDurable(true))
            .addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:0?protocols=CORE;useEpoll=false");
    configuration.setMaxDiskUsage(-1);
    return configuration;
  }
}
