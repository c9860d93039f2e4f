package dev.handfast.xa.it.failing;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import javax.transaction.xa.Xid;

/**
 * A log, two H2 databases, a broker and two resource managers on paper, all but the broker in one
 * directory; and the notes of what was done and told.
 */
final class FailingShop {

  private static final String NODE = "failing";

  /** What takes part in a transaction. */
  enum Way {
    /** Both databases, the broker and the paper. */
    WHOLE,
    /** As the whole, where the paper ends otherwise: by itself, or by an order. */
    TURNED,
    /** Both papers. */
    PAPERS
  }

  final PaperTrail paperTrail;
  final PaperTrail copyTrail;
  final JdbcResource orders;
  final JdbcResource stock;
  final ArtemisResource events;
  final PaperRm paper;
  final PaperRm copy;
  private final Path directory;

  FailingShop(Path directory, String broker) throws IOException {
    this.directory = directory;
    this.paperTrail = new PaperTrail(directory.resolve("paper"));
    this.copyTrail = new PaperTrail(directory.resolve("copy"));
    this.orders = database("orders");
    this.stock = database("stock");
    this.events =
        ArtemisResource.named("events").url(broker).callTimeout(Duration.ofSeconds(5)).build();
    this.paper = new PaperRm("paper", paperTrail);
    this.copy = new PaperRm("copy", copyTrail);
  }

  static String url(Path directory, String database) {
    return "jdbc:h2:file:" + directory.resolve(database) + ";WRITE_DELAY=0";
  }

  private JdbcResource database(String name) {
    return JdbcResource.named(name).url(url(directory, name)).maxSize(4).build();
  }

  /** The queue has the directory's name. */
  static String queue(Path directory) {
    return directory.getFileName().toString();
  }

  static Path log(Path directory) {
    return directory.resolve("log");
  }

  Handfast start() {
    return Handfast.builder()
        .nodeName(NODE)
        .logStore(LogStore.file(log(directory)).allowRamDisk().lockWait(Duration.ZERO))
        .resources(orders, stock, events, paper, copy)
        .recoveryPeriod(Duration.ofMinutes(10))
        .recoveryCallTimeout(Duration.ofSeconds(20))
        .start();
  }

  /** A transaction that no log knows of, prepared on both papers. */
  String leaveStranger() {
    Xid first = Xids.of(NODE + "~zzzzzz", 1);
    byte branch = 0;
    for (PaperTrail trail : List.of(paperTrail, copyTrail)) {
      byte[] bqual = {branch++};
      Xid xid = Xids.of(Xids.FORMAT, first.getGlobalTransactionId(), bqual);
      trail.write(PaperTrail.State.PREPARED, XidKey.of(xid));
    }
    String gtrid = XidKey.of(first).gtrid();
    note("strangers", gtrid);
    return gtrid;
  }

  void note(String file, String line) {
    try {
      Files.writeString(
          directory.resolve(file),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was noted. */
  List<String[]> notes(String file) throws IOException {
    Path path = directory.resolve(file);
    return Files.exists(path)
        ? Files.readAllLines(path).stream().map(line -> line.split(" ", 3)).toList()
        : List.of();
  }
}
