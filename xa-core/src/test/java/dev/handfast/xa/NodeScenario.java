package dev.handfast.xa;

import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node with two resource managers. */
abstract class NodeScenario {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  final ScriptedRm orders = new ScriptedRm("orders");
  final ScriptedRm events = new ScriptedRm("events");
  Handfast handfast;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
  }

  @AfterEach
  void close() {
    orders.behave();
    events.behave();
    handfast.close();
  }

  void workOnBoth() {
    handfast.resource(orders).work();
    handfast.resource(events).work();
  }
}
