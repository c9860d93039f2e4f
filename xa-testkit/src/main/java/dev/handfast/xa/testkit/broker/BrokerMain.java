package dev.handfast.xa.testkit.broker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * The broker's own process. It reads its settings and then orders from standard input, and halts at
 * the end of that input, which is the death of its parent.
 */
final class BrokerMain {

  static final String READY = "READY";
  static final String START = "start";
  static final String STOP = "stop";

  private static final PrintStream ANSWERS = stream(FileDescriptor.out);
  private static final PrintStream LOG = stream(FileDescriptor.err);

  private static final String EVERY_ADDRESS = "#";
  private static final long SCAN_MILLIS = 300;
  private static final String ROLE = "all";

  private BrokerMain() {}

  public static void main(String[] args) throws Exception {
    System.setOut(LOG);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    EmbeddedActiveMQ broker = broker(BrokerSettings.fromLines(readSettings(orders)));
    Thread watch = new Thread(() -> obey(orders, broker), "orders");
    watch.setDaemon(true);
    watch.start();
    try {
      broker.start();
    } catch (Exception e) {
      e.printStackTrace(LOG);
      Runtime.getRuntime().halt(1);
    }
    ANSWERS.println(READY);
    ANSWERS.flush();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static Map<String, String> readSettings(BufferedReader orders) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String line = orders.readLine(); !START.equals(line); line = orders.readLine()) {
      if (line == null) {
        throw new IOException("the parent is gone");
      }
      int equals = line.indexOf('=');
      settings.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return settings;
  }

  private static void obey(BufferedReader orders, EmbeddedActiveMQ broker) {
    try {
      if (STOP.equals(orders.readLine())) {
        broker.stop();
        Runtime.getRuntime().halt(0);
      }
    } catch (Exception e) {
      e.printStackTrace(LOG);
    }
    Runtime.getRuntime().halt(1);
  }

  private static EmbeddedActiveMQ broker(BrokerSettings settings) throws Exception {
    Configuration configuration = configuration(settings);
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    if (!settings.users().isEmpty()) {
      SecurityConfiguration users = new SecurityConfiguration();
      settings
          .users()
          .forEach(
              (name, password) -> {
                users.addUser(name, password);
                users.addRole(name, ROLE);
              });
      broker.setSecurityManager(
          new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
    }
    return broker.setConfiguration(configuration);
  }

  private static Configuration configuration(BrokerSettings settings) throws Exception {
    Path directory = settings.directory();
    Configuration configuration =
        new ConfigurationImpl()
            .setName("test-broker")
            .setPersistenceEnabled(true)
            .setJournalType(JournalType.NIO)
            .setJournalBufferTimeout_NIO((int) settings.journalBufferTimeout().toNanos())
            .setJournalDirectory(directory.resolve("journal").toString())
            .setBindingsDirectory(directory.resolve("bindings").toString())
            .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
            .setPagingDirectory(directory.resolve("paging").toString())
            .setSecurityEnabled(!settings.users().isEmpty())
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration("tcp", settings.url())
            .addAddressSetting(EVERY_ADDRESS, everyAddress(settings));
    if (!settings.deadLetterAddress().isEmpty()) {
      configuration.addQueueConfiguration(
          QueueConfiguration.of(settings.deadLetterAddress()).setRoutingType(RoutingType.ANYCAST));
    }
    settings
        .limits()
        .forEach((address, bytes) -> configuration.addAddressSetting(address, full(bytes)));
    configuration.setAddressQueueScanPeriod(SCAN_MILLIS);
    configuration.setMaxDiskUsage(-1);
    configuration.setIncomingInterceptorClassNames(settings.interceptors());
    configuration.putSecurityRoles(EVERY_ADDRESS, Set.of(everything()));
    return configuration;
  }

  private static AddressSettings everyAddress(BrokerSettings settings) {
    AddressSettings all =
        new AddressSettings()
            .setAutoDeleteQueues(settings.deletesQueues())
            .setAutoDeleteAddresses(false);
    return settings.deadLetterAddress().isEmpty()
        ? all
        : all.setDeadLetterAddress(SimpleString.of(settings.deadLetterAddress()));
  }

  private static AddressSettings full(long bytes) {
    return new AddressSettings()
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
        .setMaxSizeBytes(bytes)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false);
  }

  private static Role everything() {
    return new Role(ROLE, true, true, true, true, true, true, true, true, true, true, true, true);
  }
}
