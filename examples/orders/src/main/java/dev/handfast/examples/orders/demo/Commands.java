package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.OrdersApplication;
import dev.handfast.examples.orders.audit.AuditMain;
import dev.handfast.examples.orders.process.JavaCommand;
import java.util.ArrayList;
import java.util.List;

/** The Java processes of a demo. */
final class Commands {

  private static final String QUEUE = "orders.events";

  private Commands() {}

  static JavaCommand broker(DemoSettings settings) {
    return new JavaCommand(
        "broker",
        JavaCommand.ownClassPath(),
        BrokerMain.class,
        192,
        List.of(settings.directory().resolve("broker").toString(), QUEUE));
  }

  static JavaCommand application(DemoSettings settings, String brokerUrl) {
    List<String> arguments = new ArrayList<>();
    arguments.add(settings.directory().toString());
    arguments.add(brokerUrl);
    arguments.add(String.valueOf(settings.threads()));
    if (!settings.handfast()) {
      arguments.add("--without-handfast");
    }
    return new JavaCommand(
        "application", JavaCommand.ownClassPath(), OrdersApplication.class, 192, arguments);
  }

  /** The auditor's class path has neither Handfast nor Narayana on it. */
  static JavaCommand auditor(DemoSettings settings, String brokerUrl) {
    return new JavaCommand(
        "auditor",
        AuditorClassPath.of(JavaCommand.ownClassPath()),
        AuditMain.class,
        192,
        List.of(
            settings.directory().resolve(DemoSettings.ORDERS).toString(),
            DatabaseFile.url(settings.databaseFile()),
            brokerUrl + "?useEpoll=false",
            QUEUE));
  }
}
