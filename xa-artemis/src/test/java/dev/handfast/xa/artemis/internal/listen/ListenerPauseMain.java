package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.testkit.crash.CrashChild;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.time.Duration;

/** Listens to a queue, answers each message to another, and pauses when it is told. */
final class ListenerPauseMain {

  private ListenerPauseMain() {}

  /** Takes the broker's URL, the log directory, the queue, that of answers and of dead letters. */
  public static void main(String[] arguments) throws Exception {
    CrashChild child = CrashChild.attach();
    ArtemisResource resource = ArtemisResource.named("events").url(arguments[0]).build();
    try (Handfast handfast =
            Handfast.builder()
                .nodeName("pause-test")
                .logStore(LogStore.file(Path.of(arguments[1])))
                .resources(resource)
                .start();
        Listener listener =
            listen(handfast.resource(resource), child, arguments[2], arguments[3], arguments[4])) {
      child.answer("listens to " + listener.destination());
      obey(handfast, child);
    }
  }

  private static Listener listen(
      ArtemisConnections events, CrashChild child, String queue, String answers, String dead) {
    return events.listen(
        queue,
        ListenerOptions.defaults().deadLetter(dead).prefetchBytes(2_000),
        message -> {
          try (JMSContext context = events.createContext()) {
            context
                .createProducer()
                .send(context.createQueue(answers), "re: " + message.getBody(String.class));
          }
          child.answer("delivery " + message.getIntProperty("JMSXDeliveryCount"));
        });
  }

  private static void obey(Handfast handfast, CrashChild child) throws InterruptedException {
    while (true) {
      switch (child.next()) {
        case "drain" ->
            child.answer("drained: " + handfast.drain(Duration.ofSeconds(30)).isComplete());
        case "resume" -> {
          handfast.resume();
          child.answer("resumed");
        }
        default -> {
          return;
        }
      }
    }
  }
}
