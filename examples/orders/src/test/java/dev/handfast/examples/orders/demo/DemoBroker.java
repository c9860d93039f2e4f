package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.Collected;
import dev.handfast.examples.orders.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The demo's broker in its own process, for tests. */
public final class DemoBroker implements AutoCloseable {

  private final Child process;
  private final String url;

  private DemoBroker(Child process, String url) {
    this.process = process;
    this.url = url;
  }

  /** With a free port; the first queue is that of dead letters. */
  public static DemoBroker start(Path directory, String... queues)
      throws IOException, InterruptedException {
    Collected words = new Collected();
    List<String> arguments = new ArrayList<>();
    arguments.add(directory.resolve("broker").toString());
    arguments.add("0");
    arguments.addAll(List.of(queues));
    JavaCommand command =
        new JavaCommand("broker", JavaCommand.ownClassPath(), DemoBrokerMain.class, 192, arguments);
    Child process = Child.start(command, directory.resolve("broker.log"), words.queue());
    return new DemoBroker(process, "tcp://127.0.0.1:" + words.next("listening").number(0));
  }

  public String url() {
    return url;
  }

  /** For the broker's own client, which would look for a native transport. */
  public String plainUrl() {
    return url + "?useEpoll=false";
  }

  @Override
  public void close() {
    process.close();
  }
}
