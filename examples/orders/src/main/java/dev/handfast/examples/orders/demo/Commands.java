package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.OrdersApplication;
import dev.handfast.examples.orders.audit.AuditMain;
import dev.handfast.examples.orders.process.JavaCommand;
import dev.handfast.examples.orders.shipping.ShippingApplication;
import java.util.ArrayList;
import java.util.List;

/** The Java processes of a demo. */
final class Commands {

  /** The queue between the two applications. */
  static final String EVENTS = OrdersApplication.EVENTS;

  private static final int HEAP_MEGABYTES = 192;

  private Commands() {}

  /**
   * The command of a worker or of the broker.
   *
   * @param port of the broker, 0 if it is to choose one
   */
  static JavaCommand of(Role role, DemoSettings settings, int port) {
    Class<?> main =
        switch (role) {
          case BROKER -> DemoBrokerMain.class;
          case SHIPPING -> ShippingApplication.class;
          case APPLICATION -> OrdersApplication.class;
        };
    List<String> arguments =
        role == Role.BROKER ? brokerArguments(settings, port) : workerArguments(settings, port);
    return new JavaCommand(
        role.title(), JavaCommand.ownClassPath(), main, HEAP_MEGABYTES, arguments);
  }

  /** The auditor's class path has neither Handfast nor Narayana on it. */
  static JavaCommand auditor(DemoSettings settings, String brokerUrl) {
    return new JavaCommand(
        "auditor",
        AuditorClassPath.of(JavaCommand.ownClassPath()),
        AuditMain.class,
        HEAP_MEGABYTES,
        List.of(
            settings.directory().resolve(DemoSettings.ORDERS).toString(),
            DatabaseFile.url(settings.databaseFile(Role.APPLICATION)),
            DatabaseFile.url(settings.databaseFile(Role.SHIPPING)),
            brokerUrl + "?useEpoll=false",
            EVENTS,
            ShippingApplication.NOTIFICATIONS,
            ShippingApplication.DEAD_LETTERS));
  }

  private static List<String> brokerArguments(DemoSettings settings, int port) {
    return List.of(
        settings.directory().resolve("broker").toString(),
        String.valueOf(port),
        ShippingApplication.DEAD_LETTERS,
        EVENTS,
        ShippingApplication.NOTIFICATIONS);
  }

  private static List<String> workerArguments(DemoSettings settings, int port) {
    List<String> arguments = new ArrayList<>();
    arguments.add(settings.directory().toString());
    arguments.add("tcp://127.0.0.1:" + port);
    arguments.add(String.valueOf(settings.threads()));
    if (!settings.handfast()) {
      arguments.add("--without-handfast");
    }
    return arguments;
  }
}
