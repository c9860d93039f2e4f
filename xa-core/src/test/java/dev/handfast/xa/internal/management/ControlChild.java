package dev.handfast.xa.internal.management;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.spi.MessageLog;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A process that has a control socket and few files, and does as it is told. */
final class ControlChild implements AutoCloseable {

  private static final int FILES = 100;

  private final Process process;
  private final BufferedReader answers;

  ControlChild(Path directory, Path temporary) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n " + FILES + "; exec \"$@\"",
                "sh",
                java.toString(),
                "-XX:-MaxFDLimit",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                ControlChild.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Gives an order, and returns the answer. */
  String tell(String order) throws IOException {
    OutputStream orders = process.getOutputStream();
    orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
    orders.flush();
    return String.valueOf(answers.readLine());
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  public static void main(String[] args) throws IOException {
    AtomicInteger refused = new AtomicInteger();
    count(refused);
    Recovery nobody = closed();
    ControlServer server = ControlServer.open(Path.of(args[0]), user -> nobody, Platform.system());
    List<FileInputStream> files = new ArrayList<>();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      switch (order) {
        case "path" -> answer(server.path().toString());
        case "warm" -> {
          MessageLog.of(ControlServer.class).debug("warm", new IOException("warm"));
          answer(warm(server.path()));
        }
        case "fill" -> answer(fill(files));
        case "refused" -> answer(refused.toString());
        default -> {
          for (FileInputStream file : files) {
            file.close();
          }
          answer("ok");
        }
      }
    }
  }

  /** How often nobody could be let in. */
  private static void count(AtomicInteger refused) {
    Logger logger = Logger.getLogger(ControlServer.class.getName());
    logger.setLevel(Level.FINE);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            refused.incrementAndGet();
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  private static Recovery closed() {
    return (Recovery)
        java.lang.reflect.Proxy.newProxyInstance(
            ControlChild.class.getClassLoader(),
            new Class<?>[] {Recovery.class},
            (proxy, method, arguments) -> {
              throw new IllegalStateException("The runtime is closed");
            });
  }

  /** Loads every class that an answer needs, and waits until the server has closed its end. */
  private static String warm(Path path) throws IOException {
    try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(UnixDomainSocketAddress.of(path));
      client.write(StandardCharsets.UTF_8.encode("{\"command\":\"status\"}\n"));
      client.shutdownOutput();
      boolean answered = client.read(ByteBuffer.allocate(1)) == 1;
      while (client.read(ByteBuffer.allocate(1024)) >= 0) {
        // The end comes once the server's file is free again.
      }
      return answered ? "ok" : "no answer";
    }
  }

  private static String fill(List<FileInputStream> files) throws IOException {
    try {
      while (true) {
        files.add(new FileInputStream("/dev/null"));
      }
    } catch (FileNotFoundException e) {
      return "ok";
    }
  }

  @SuppressWarnings("SystemOut")
  private static void answer(String text) {
    System.out.println(text);
    System.out.flush();
  }
}
