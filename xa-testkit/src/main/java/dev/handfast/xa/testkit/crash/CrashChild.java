package dev.handfast.xa.testkit.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The child's side of a {@link CrashJvm}: a main class that runs one case after the other takes its
 * orders here and answers here. The process halts at the end of its input, which is the death of
 * its parent. Safe for use by many threads.
 */
public final class CrashChild {

  static final String PLAN = "@plan ";
  static final String RELEASE = "@release";
  static final String PLANNED = CrashPoint.PREFIX + "planned";

  private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();

  private CrashChild() {}

  /** Takes over standard input. Call it once, first thing in {@code main}. */
  public static CrashChild attach() {
    CrashChild child = new CrashChild();
    Thread reader = new Thread(child::read, "orders of the parent");
    reader.setDaemon(true);
    reader.start();
    return child;
  }

  /** The next line that the parent said; waits for it. */
  public String next() throws InterruptedException {
    return orders.take();
  }

  /** Answers the parent one line. */
  public void answer(String line) {
    CrashPoint.answer(line);
  }

  private void read() {
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        if (line.startsWith(PLAN)) {
          CrashPoint.plan(line.substring(PLAN.length()));
          CrashPoint.answer(PLANNED);
        } else if (line.equals(RELEASE)) {
          CrashPoint.release();
        } else {
          orders.add(line);
        }
      }
    } catch (IOException e) {
      // The parent is gone.
    }
    Runtime.getRuntime().halt(1);
  }
}
