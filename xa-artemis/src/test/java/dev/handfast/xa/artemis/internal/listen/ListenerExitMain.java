package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.testkit.crash.CrashChild;
import java.nio.file.Path;
import java.time.Duration;

/** Listens to a queue; the body ends the process, with a runtime that closes at shutdown. */
final class ListenerExitMain {

  private ListenerExitMain() {}

  /** Takes the broker's URL, the log directory, the queue and that of dead letters. */
  public static void main(String[] arguments) {
    CrashChild child = CrashChild.attach();
    ArtemisResource resource = ArtemisResource.named("events").url(arguments[0]).build();
    Handfast handfast =
        Handfast.builder()
            .nodeName("exit-test")
            .logStore(LogStore.file(Path.of(arguments[1])))
            .resources(resource)
            .start()
            .closeOnShutdown(Duration.ofSeconds(3));
    handfast
        .resource(resource)
        .listen(
            arguments[2],
            ListenerOptions.defaults().deadLetter(arguments[3]),
            message -> {
              child.answer("exits");
              System.exit(3);
            });
    child.answer("listens");
  }
}
